"""The one map from role to permissions. What is not here may not be done."""

from collections.abc import Mapping
from typing import Final

from huying.access.permissions import Permission as P
from huying.kernel.terms import Term


class Role(Term):
    """A kind of post. A person holds posts; a post has one role and one scope (area x body)."""

    RESIDENT = "resident", "居民"
    SEAT = "seat", "坐席"
    GRID_WORKER = "grid_worker", "网格员"
    COMMUNITY_STATION = "community_station", "社区工作站"
    STREET_DISPATCHER = "street_dispatcher", "街道分拨员"
    STREET_LEADER = "street_leader", "街道领导"
    DEPARTMENT_HANDLER = "department_handler", "部门经办人"
    DISTRICT_DISPATCHER = "district_dispatcher", "区级分拨员"
    SUPERVISOR = "supervisor", "督办员"
    RULING_OFFICER = "ruling_officer", "裁定员（编办）"
    EVALUATOR = "evaluator", "评价员"
    ADMINISTRATOR = "administrator", "管理员"
    AUDITOR = "auditor", "审计员"


_STAFF = frozenset(
    {
        P.CASE_READ,
        P.CATALOGUE_READ,
        P.KNOWLEDGE_READ,
        P.FIGURE_READ,
        P.CASE_SPEAK,
        P.TEAM_READ,
        P.DELIBERATION_READ,
    }
)
# Whoever leads an emergency: opens and stands down cards, alerts further people, hands over, calls responders.
_COMMANDING = frozenset(
    {
        P.EMERGENCY_OPEN,
        P.EMERGENCY_READ,
        P.EMERGENCY_COMMAND,
        P.RESPONDER_READ,
        P.RESPONDER_CALL,
        P.DEVICE_READ,
        P.VIDEO_READ,
        P.VIDEO_OPEN,
    }
)
# Whoever keeps what stands near home: entries, what a centre offers, what is asked of it.
_SERVING = frozenset({P.FACILITY_EDIT, P.SERVICE_READ, P.SERVICE_RUN})
# Whoever calls volunteers and keeps the lists of the joint meeting.
_MUSTERING = frozenset({P.VOLUNTEER_READ, P.VOLUNTEER_EDIT, P.MUSTER_RUN, P.UNIT_EDIT})
_HANDLING = _STAFF | {
    P.EMERGENCY_OPEN,
    P.DEVICE_READ,
    P.VIDEO_READ,
    P.VIDEO_OPEN,
    P.ORDER_SIGN,
    P.ORDER_CONTACT,
    P.ORDER_ANSWER,
    P.ORDER_REPORT,
    P.ORDER_DISPUTE,
    P.DELAY_ASK,
    P.CASE_NOTE,
    P.CALLER_UNMASK,
}
# Who looks in on people at home knows them: within the grid or community of the post, every view written down.
_LOOKING_IN = frozenset({P.RESIDENT_READ, P.RESIDENT_UNMASK, P.RESIDENT_EDIT, P.VISIT_READ, P.VISIT_DO})
_DISPATCHING = (
    _STAFF
    | _COMMANDING
    | _SERVING
    | _MUSTERING
    | {
        P.RESPONDER_EDIT,
        P.APPEAL_RECEIVE,
        P.CASE_FILE,
        P.CASE_REJECT,
        P.CASE_ANSWER,
        P.CASE_CORRECT,
        P.CASE_SPLIT,
        P.CASE_MERGE,
        P.CASE_DISPATCH,
        P.CASE_ADD_BODY,
        P.CASE_CALL,
        P.CASE_NOTE,
        P.CASE_REMIND,
        P.CASE_CHECK,
        P.CASE_CLOSE,
        P.CALLER_UNMASK,
        P.BOARD_READ,
        P.INSIGHT_READ,
        P.PROJECT_RUN,
        P.REPORT_READ,
        P.REPORT_EDIT,
        P.ORDERS_EXPORT,
        P.TEAM_CALL,
        P.TEAM_EDIT,
        P.DUTY_EDIT,
        P.DELIBERATION_RUN,
        P.WARNING_DECIDE,
        P.CAMPAIGN_RUN,
        P.PATROL_READ,
        P.PATROL_RUN,
    }
)

ROLES: Final[Mapping[Role, frozenset[P]]] = {
    Role.RESIDENT: frozenset({P.APPEAL_WITHDRAW, P.APPEAL_RATE}),
    Role.SEAT: _STAFF
    | _COMMANDING
    | {
        P.APPEAL_RECEIVE,
        P.CASE_FILE,
        P.CASE_REJECT,
        P.CASE_ANSWER,
        P.CASE_CORRECT,
        P.CASE_REMIND,
        P.CASE_FOLLOW_UP,
        P.CALLER_UNMASK,
        P.TEAM_CALL,
    },
    Role.GRID_WORKER: _HANDLING
    | _LOOKING_IN
    | {
        P.APPEAL_RECEIVE,
        P.CASE_CALL,
        P.TEAM_CALL,
        P.EMERGENCY_READ,
        P.RESPONDER_READ,
        P.RESPONDER_CALL,
        P.VOLUNTEER_READ,
        P.PATROL_WALK,
    },
    Role.COMMUNITY_STATION: _HANDLING
    | _COMMANDING
    | _SERVING
    | _MUSTERING
    | _LOOKING_IN
    | {
        P.PATROL_WALK,
        P.PATROL_READ,
        P.PATROL_RUN,
        P.RESPONDER_EDIT,
        P.APPEAL_RECEIVE,
        P.CASE_CALL,
        P.CASE_HAND_UP,
        P.CASE_CHECK,
        P.CASE_VISIT,
        P.TEAM_CALL,
        P.TEAM_EDIT,
        P.DUTY_EDIT,
        P.EXEMPTION_ASK,
        P.DELIBERATION_RUN,
        P.VISIT_PLAN,
    },
    Role.STREET_DISPATCHER: _DISPATCHING
    | {P.RESIDENT_READ, P.RESIDENT_UNMASK, P.RESIDENT_EDIT, P.VISIT_READ, P.VISIT_PLAN}
    | {P.CASE_HAND_UP, P.CASE_VISIT, P.CASE_HAND_DOWN, P.DELAY_RECOMMEND, P.EXEMPTION_ASK, P.DEPARTMENT_RATE},
    Role.STREET_LEADER: _STAFF
    | _COMMANDING
    | {
        P.SERVICE_READ,
        P.VOLUNTEER_READ,
        P.MUSTER_RUN,
        P.PATROL_READ,
        P.PATROL_TRACK,
        P.BOARD_READ,
        P.RESIDENT_READ,
        P.VISIT_READ,
        P.INSIGHT_READ,
        P.WARNING_DECIDE,
        P.CAMPAIGN_RUN,
        P.CASE_CALL,
        P.PROJECT_RUN,
        P.REPORT_READ,
        P.REPORT_EDIT,
        P.REPORT_SIGN,
        P.CASE_SUPERVISE,
        P.CASE_INTERVIEW,
        P.CASE_REMIND,
        P.DELAY_RECOMMEND,
        P.DELAY_APPROVE,
        P.CASE_REOPEN,
        P.TEAM_CALL,
        P.DUTY_EDIT,
        P.EXEMPTION_ASK,
        P.DEPARTMENT_RATE,
    },
    # The platform of a body that runs its own devices pushes what they say by a key of this role.
    Role.DEPARTMENT_HANDLER: _HANDLING
    | _SERVING
    | {P.KNOWLEDGE_EDIT, P.CASE_ADD_BODY, P.EXEMPTION_ASK, P.DEVICE_PUSH},
    Role.DISTRICT_DISPATCHER: _DISPATCHING
    | {
        P.LAB_RUN,
        P.CASE_HAND_DOWN,
        P.CASE_REOPEN,
        P.DELAY_RECOMMEND,
        P.ORDERS_IMPORT,
        P.TEXT_EDIT,
        P.EXCHANGE_READ,
        P.EXCHANGE_EDIT,
    },
    Role.SUPERVISOR: _STAFF
    | {
        P.LAB_RUN,
        P.SERVICE_READ,
        P.VOLUNTEER_READ,
        P.PATROL_READ,
        P.PATROL_TRACK,
        P.EMERGENCY_READ,
        P.DEVICE_READ,
        P.VIDEO_READ,
        P.RESPONDER_READ,
        P.BOARD_READ,
        P.INSIGHT_READ,
        P.WARNING_DECIDE,
        P.CASE_CALL,
        P.PROJECT_RUN,
        P.REPORT_READ,
        P.REPORT_EDIT,
        P.REPORT_SIGN,
        P.CASE_REMIND,
        P.CASE_SUPERVISE,
        P.CASE_INTERVIEW,
        P.CASE_CHECK,
        P.CASE_REOPEN,
        P.DELAY_APPROVE,
        P.ORDERS_EXPORT,
        P.LEDGER_VERIFY,
        P.TEAM_CALL,
    },
    Role.RULING_OFFICER: _STAFF | {P.DISPUTE_RULE, P.CATALOGUE_EDIT, P.BOARD_READ, P.LAB_RUN},
    Role.EVALUATOR: _STAFF
    | {
        P.LAB_RUN,
        P.CASE_FOLLOW_UP,
        P.CASE_CLOSE,
        P.CASE_REOPEN,
        P.BOARD_READ,
        P.INSIGHT_READ,
        P.REPORT_READ,
        P.REPORT_EDIT,
        P.ORDERS_EXPORT,
        P.CALLER_UNMASK,
        P.PERIOD_CLOSE,
        P.EXEMPTION_DECIDE,
    },
    Role.ADMINISTRATOR: frozenset(
        {
            P.CATALOGUE_READ,
            P.CATALOGUE_EDIT,
            P.KNOWLEDGE_READ,
            P.KNOWLEDGE_EDIT,
            P.AREA_EDIT,
            P.BODY_EDIT,
            P.TEAM_READ,
            P.TEAM_CALL,
            P.TEAM_EDIT,
            P.DUTY_EDIT,
            P.EMERGENCY_SET,
            P.RESPONDER_READ,
            P.RESPONDER_CALL,
            P.RESPONDER_EDIT,
            P.DEVICE_READ,
            P.DEVICE_EDIT,
            P.DEVICE_PUSH,
            P.VIDEO_READ,
            P.VIDEO_SET,
            P.FACILITY_EDIT,
            P.SERVICE_READ,
            P.RESIDENT_SET,
            P.VISIT_SET,
            P.ACCOUNT_EDIT,
            P.KEY_EDIT,
            P.WEBHOOK_EDIT,
            P.OPENDATA_EDIT,
            P.PERSON_ERASE,
            P.EXCHANGE_READ,
            P.EXCHANGE_EDIT,
            P.TEXT_EDIT,
            P.FIGURE_READ,
            P.REPORT_READ,
            P.ORDERS_IMPORT,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            P.CASE_READ,
            P.AUDIT_READ,
            P.LEDGER_VERIFY,
            P.LEDGER_EXPORT,
            P.EXCHANGE_READ,
            P.FIGURE_READ,
            P.REPORT_READ,
            P.CATALOGUE_READ,
        }
    ),
}
