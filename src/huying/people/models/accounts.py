"""Accounts of staff and the posts they hold."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from huying.access.roles import Role
from huying.people.models.bodies import Body


class Account(AbstractBaseUser):
    """账号: one person who signs in. What they may do is said by their posts, never by the account."""

    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    phone_sealed = models.BinaryField(null=True)
    district = models.IntegerField()
    language = models.CharField(max_length=10, default="zh-hans")
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD: ClassVar[str] = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "district"]
    objects = BaseUserManager()

    class Meta:
        indexes = [models.Index(fields=["district"], name="people_account_district")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """岗位: a role within an area prefix and, for handling roles, within one body, for a time."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=24, choices=Role.choices())
    area = models.CharField(max_length=15)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="posts")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)


class PasswordUsed(models.Model):
    """曾用密码: hashes of earlier passwords, so that the last five are not taken again."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passwords_used")
    hash = models.CharField(max_length=128)
    set_at = models.DateTimeField()
