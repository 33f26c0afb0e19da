"""Every field that could hold words or places, and what becomes of it when a person's data are erased.

Whoever adds a field says here what it holds; a test asks for it, and ``docs/personal-data.md`` is written from it.
"""

from collections.abc import Mapping
from typing import Final

from huying.kernel.terms import Term


class W(Term):
    """What a field holds, seen from a caller who wants their data erased."""

    ERASED = "erased", "诉求人的信息或说的话：由本包的 actions/erasing.py 删除"
    APART = "apart", "另为其他目的保存的人员信息（工作人员、队员、应急力量、议事名册），不随诉求删除"
    AUDIT = "audit", "依法须留的记录，不含诉求内容"
    BRIEF = "brief", "临时数据，到时间自动清除"
    CODE = "code", "代码、编号、摘要、汇总数字，认不出人"
    OFFICE = "office", "机关自己的设置和文字，不是诉求人的"


# model: what its fields hold; fields with a closed list of values are left out.
FIELDS: Final[Mapping[str, Mapping[W, str]]] = {
    "allocate.BodyLesson": {W.CODE: "item area kind channel"},
    "allocate.BodyMemory": {W.CODE: "content"},
    "allocate.DispatchRule": {W.OFFICE: "made_by"},
    "allocate.ItemLesson": {
        W.ERASED: "columns amounts",
        W.CODE: "item",
        W.OFFICE: "guessed taken_back_by taken_back_why",
    },
    "allocate.ItemMemory": {W.ERASED: "content"},
    "allocate.Precedent": {
        W.ERASED: "grounds",
        W.CODE: "item area case_number",
        W.OFFICE: "ruled_by revoked_by",
    },
    "allocate.Presence": {W.BRIEF: "name"},
    "annals.Change": {W.AUDIT: "actor_name about name before after"},
    "campaigns.Campaign": {
        W.CODE: "once season items areas area lead",
        W.OFFICE: "name task made_by conclusion closed_by",
    },
    "campaigns.Season": {W.CODE: "code items areas lead", W.OFFICE: "name first last task made_by"},
    "campaigns.Task": {W.ERASED: "words", W.CODE: "grid", W.OFFICE: "done_by"},
    "campaigns.TaskPhoto": {W.ERASED: "path sha256"},
    "cases.Answer": {W.ERASED: "given said", W.CODE: "code", W.OFFICE: "question"},
    "cases.Appeal": {
        W.ERASED: "text salt caller_id place_text lon lat",
        W.CODE: "receipt idempotency_key kind area source external_number",
    },
    "cases.Attachment": {W.ERASED: "path sha256 media_type", W.CODE: "stage"},
    "cases.Call": {W.CODE: "area situation"},
    "cases.Case": {W.ERASED: "title lon lat", W.CODE: "kind item area channel due_kind head"},
    "cases.CaseSearch": {W.ERASED: "words"},
    "cases.Clock": {W.CODE: "unit"},
    "cases.ClockLimit": {W.CODE: "unit"},
    "cases.Cursor": {W.CODE: "handler"},
    "cases.DayRoot": {W.CODE: "algorithm root"},
    "cases.Deed": {W.ERASED: "key fingerprint"},
    "cases.Entry": {W.AUDIT: "facts seal", W.CODE: "verb outcome actor_kind before after algorithm"},
    "cases.Heartbeat": {W.BRIEF: "name note"},
    "cases.Promise": {W.CODE: "area season"},
    "cases.Rating": {W.CODE: "way reason satisfaction"},
    "cases.ReplyPart": {W.CODE: "code", W.OFFICE: "zh words when"},
    "cases.SpecialDay": {W.CODE: "kind source", W.OFFICE: "name"},
    "cases.Statement": {W.ERASED: "text salt", W.OFFICE: "name"},
    "cases.Stumble": {W.ERASED: "error", W.CODE: "handler"},
    "cases.WorkingHours": {W.CODE: "zone", W.OFFICE: "sessions"},
    "catalogue.Condition": {
        W.CODE: "lead assisting sign_unit contact_unit handle_unit",
        W.OFFICE: "text cues closing_standard evidence",
    },
    "catalogue.Edition": {W.OFFICE: "name made_by note"},
    "catalogue.Item": {
        W.CODE: "code class_name duty standard_code",
        W.OFFICE: "group_name name keywords standard",
    },
    "catalogue.KindLimit": {
        W.CODE: "sign_unit contact_unit handle_unit verify_unit check_unit follow_up_unit"
    },
    "catalogue.Question": {W.CODE: "item code", W.OFFICE: "description hint choices"},
    "catalogue.Situation": {W.CODE: "code kind lead assisting", W.OFFICE: "name when fallback"},
    "chat.Account": {W.CODE: "key app_id agent template host", W.OFFICE: "name secrets_sealed made_by on_by"},
    "chat.Message": {W.ERASED: "said_sealed photos error", W.CODE: "once"},
    "chat.Person": {W.ERASED: "who_digest who_sealed caller_id talk_sealed reply_sealed"},
    "chat.StaffCode": {W.BRIEF: "digest"},
    "chat.Token": {W.BRIEF: "token_sealed"},
    "deliberation.Ballot": {W.CODE: "key digest"},
    "deliberation.DecisionKind": {W.CODE: "code", W.OFFICE: "name quorum majority basis"},
    "deliberation.Discussion": {W.OFFICE: "words made_by"},
    "deliberation.Follower": {W.ERASED: "caller_id"},
    "deliberation.Household": {W.APART: "name", W.CODE: "code_digest"},
    "deliberation.Meeting": {
        W.CODE: "area bodies once",
        W.OFFICE: "title venue host agenda attendance minutes made_by ended_by",
    },
    "deliberation.MeetingAppeal": {W.CODE: "receipt", W.OFFICE: "taken_by claimed_by"},
    "deliberation.MeetingKind": {W.CODE: "code", W.OFFICE: "name"},
    "deliberation.Proposal": {
        W.CODE: "area salt once",
        W.OFFICE: (
            "title text made_by opened_by quorum majority basis closed_by decision done_by withdrawn_by withdrawn_why"
        ),
    },
    "deliberation.ProposalCase": {W.OFFICE: "made_by"},
    "deliberation.Step": {W.CODE: "once", W.OFFICE: "title made_by done_by note"},
    "deliberation.StepPhoto": {W.CODE: "sha256", W.OFFICE: "path"},
    "dispose.Message": {W.ERASED: "text photos lon lat", W.CODE: "idempotency_key"},
    "dispose.ReplyDraft": {W.ERASED: "reply result", W.CODE: "verb idempotency_key", W.OFFICE: "made_by"},
    "emergency.Alert": {W.APART: "name lon lat", W.OFFICE: "answered_by"},
    "emergency.Emergency": {
        W.ERASED: "device device_key words place_text lon lat over_words",
        W.CODE: "kind plan area",
        W.OFFICE: "opened_by taken_by over_by",
    },
    "emergency.Mark": {W.ERASED: "words facts photo sound lon lat", W.CODE: "key", W.OFFICE: "who"},
    "emergency.Outside": {W.ERASED: "reference words", W.CODE: "line key", W.OFFICE: "by"},
    "emergency.PlanVersion": {W.CODE: "code", W.OFFICE: "name skills rings lines why made_by"},
    "emergency.Responder": {
        W.APART: "name contact phone_sealed phone_digest place_text lon lat",
        W.CODE: "area",
        W.OFFICE: "skills days made_by left_by",
    },
    "emergency.Review": {W.ERASED: "lessons measures", W.OFFICE: "by"},
    "emergency.Skill": {W.CODE: "code", W.OFFICE: "name made_by"},
    "erasure.Erasure": {W.AUDIT: "actor_name reason cases counts"},
    "evaluate.Asking": {W.CODE: "plan area risks invalid"},
    "evaluate.PlanEdition": {W.OFFICE: "plans"},
    "figures.ClosedPeriod": {W.CODE: "digest", W.OFFICE: "closed_name scheme threshold formulas"},
    "figures.ClosedRow": {W.CODE: "scope key kind counts figures ranks", W.OFFICE: "name under"},
    "figures.Exemption": {
        W.ERASED: "words reason",
        W.CODE: "measure area",
        W.OFFICE: "asked_name decided_name facts",
    },
    "figures.FactCase": {W.CODE: "measure area item"},
    "figures.FormulaVersion": {W.CODE: "code", W.OFFICE: "zh en numerator denominator"},
    "figures.MatterScore": {W.CODE: "area item counts", W.OFFICE: "lines"},
    "figures.PostFact": {W.CODE: "measure"},
    "figures.Reopening": {W.OFFICE: "by_name reason"},
    "figures.RuleVersion": {W.OFFICE: "said"},
    "figures.StreetRating": {W.OFFICE: "street words by_name"},
    "figures.Tally": {W.CODE: "scope key"},
    "hot_issues.Heard": {W.ERASED: "title lon lat caller_id marks weights names keys", W.CODE: "area item"},
    "hot_issues.HotIssue": {W.ERASED: "title place people reason", W.OFFICE: "settled_by"},
    "hot_issues.WordCounts": {W.CODE: "counts"},
    "knowledge.Article": {W.OFFICE: "origin words"},
    "knowledge.ArticleUse": {W.CODE: "key"},
    "knowledge.ArticleVersion": {W.CODE: "item", W.OFFICE: "question answer keywords note changed_by"},
    "knowledge.Gap": {W.ERASED: "words reply", W.CODE: "key", W.OFFICE: "settled_by"},
    "longwork.LongWork": {
        W.ERASED: "file file_name",
        W.BRIEF: "params given outcome error",
        W.CODE: "kind grants language once worker",
        W.OFFICE: "name about",
    },
    "notices.Notice": {W.ERASED: "caller_id phone_sealed title text link error", W.CODE: "once"},
    "notices.OptOut": {W.ERASED: "caller_id"},
    "notices.Preference": {W.APART: "mail_sealed wechat_sealed", W.OFFICE: "ways"},
    "notices.ResidentRule": {W.OFFICE: "occasions changed_by"},
    "people.Account": {W.APART: "password login name phone_sealed", W.CODE: "language"},
    "people.ApiKey": {W.CODE: "prefix hash scopes area", W.OFFICE: "name"},
    "people.Bearing": {W.CODE: "duty area"},
    "people.Body": {W.CODE: "code area", W.OFFICE: "name short_name"},
    "people.BodyAlias": {W.OFFICE: "name"},
    "people.Caller": {W.ERASED: "name_sealed phone_sealed email_sealed id_number_sealed phone_digest"},
    "people.OpenSession": {W.BRIEF: "session_key address agent"},
    "people.PasswordUsed": {W.APART: "hash"},
    "people.Post": {W.CODE: "area"},
    "people.RecoveryCode": {W.APART: "digest"},
    "people.SavedFilter": {W.APART: "name query", W.OFFICE: "list_name"},
    "people.SecondFactor": {W.APART: "secret_sealed"},
    "people.SignIn": {W.AUDIT: "login address"},
    "people.Viewing": {W.AUDIT: "actor_name what caller_id reason"},
    "places.Area": {W.CODE: "code parent_code source digest", W.OFFICE: "name geometry lon lat"},
    "places.AreaChange": {W.CODE: "parent_code codes", W.OFFICE: "steps base reason opened_by decided_by"},
    "places.District": {W.CODE: "zone", W.OFFICE: "name city lon lat"},
    "places.Jurisdiction": {W.CODE: "names", W.OFFICE: "contact key_service"},
    "places.Place": {W.CODE: "area_code", W.OFFICE: "name aliases lon lat address geometry"},
    "recurring.Project": {
        W.CODE: "item area spots",
        W.OFFICE: "name owner cause measure cost outcome made_by changed_by",
    },
    "recurring.Recurrence": {W.CODE: "item area cases spots", W.OFFICE: "place lon lat"},
    "reports.Awaiting": {W.CODE: "area"},
    "reports.HealthLimit": {W.OFFICE: "changed_by"},
    "reports.Report": {W.CODE: "area unit", W.OFFICE: "area_name text measures numbers made_by"},
    "reports.ReportFile": {W.CODE: "language", W.OFFICE: "data"},
    "reports.ReportTime": {W.OFFICE: "changed_by"},
    "reports.Signing": {W.OFFICE: "signed_by post"},
    "sandbox.Trial": {W.BRIEF: "once item area lon lat told updates"},
    "supervise.CaseStanding": {W.CODE: "state level area item disputes clocks late_kind"},
    "supervise.GaugeRow": {W.CODE: "scope key"},
    "teams.DutyPost": {W.CODE: "area", W.OFFICE: "name made_by"},
    "teams.Handover": {W.CODE: "cases", W.OFFICE: "notes numbers given_by taken_by remark"},
    "teams.Member": {W.APART: "name job phone_sealed phone_digest", W.CODE: "area"},
    "teams.MemberKind": {W.CODE: "code", W.OFFICE: "name"},
    "teams.Membership": {W.CODE: "grid", W.OFFICE: "made_by ended_by"},
    "teams.Rotation": {W.OFFICE: "people made_by"},
    "teams.Shift": {W.CODE: "area", W.OFFICE: "made_by cancelled_by"},
    "teams.Swap": {W.OFFICE: "reason asked_by decided_by"},
    "teams.Turn": {W.OFFICE: "name made_by"},
    "texts.TextVersion": {W.CODE: "language item", W.OFFICE: "name title body note changed_by"},
    "warnings.EarlyWarning": {
        W.CODE: "item unit area cases curve",
        W.OFFICE: "lon lat words decided_by cause settled_by",
    },
    "warnings.Promise": {W.OFFICE: "made_by"},
    "warnings.Rise": {W.CODE: "item area cases"},
    "opendata.OpenDataRule": {W.OFFICE: "licence licence_url changed_by"},
    "opendata.Publication": {W.OFFICE: "licence licence_url"},
    "opendata.PublishedFile": {W.CODE: "name digest packed"},
    "webhooks.Delivery": {W.CODE: "message kind body", W.BRIEF: "attempts"},
    "webhooks.Replay": {W.OFFICE: "asked_by"},
    "webhooks.Subscription": {
        W.CODE: "area verbs areas items kinds bodies fields secret_sealed old_sealed",
        W.OFFICE: "name address made_by stopped_by",
    },
}
