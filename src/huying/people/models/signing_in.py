"""What signing in leaves behind: attempts, open sessions, second factors."""

from django.db import models

from huying.people.models.accounts import Account
from huying.people.rules.kinds import Outcome


class SignIn(models.Model):
    """登录记录: every attempt, also of names that do not exist. The lock is counted from these rows."""

    login = models.CharField(max_length=60)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    address = models.CharField(max_length=45)
    outcome = models.CharField(max_length=16, choices=Outcome.choices())

    class Meta:
        indexes = [models.Index(fields=["login", "at"], name="people_signin_login")]


class OpenSession(models.Model):
    """会话: one browser in which an account is signed in; ending it here signs that browser out."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45)
    agent = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)


class SecondFactor(models.Model):
    """动态码: the shared secret of a time-based code (RFC 6238). In force once ``confirmed_at`` is set.

    ``last_step`` is the newest 30-second step that was accepted: no code works twice.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="second_factor")
    secret_sealed = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """恢复码: works once, for whoever lost the phone that makes the codes."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)
