from huying.reports.models.archive import Awaiting, Report, ReportFile, Signing
from huying.reports.models.settings import HealthLimit, ReportTime

__all__ = ["Awaiting", "HealthLimit", "Report", "ReportFile", "ReportTime", "Signing"]
