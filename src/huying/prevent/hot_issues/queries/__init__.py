"""The only readers of hot issues."""

from huying.prevent.hot_issues.queries.issues import (
    DAYS,
    IssueLine,
    IssuesWanted,
    IssueWhole,
    issue_for,
    issues_for,
)

__all__ = ["DAYS", "IssueLine", "IssueWhole", "IssuesWanted", "issue_for", "issues_for"]
