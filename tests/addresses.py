"""Every address of the site with what it takes, who holds its permission, and which children it opens to whom.

Written out apart from `access/roles.py` and the apps' policies. An address that has no line here fails the walk.
"""

from __future__ import annotations

from tests.scene import NOT_THERE
from tests.who_may import (
    ADMINISTRATOR,
    ANALYST,
    AT_A_DESK,
    AUDITOR,
    BOARD,
    CASEWORK,
    CHAIR,
    CHILD,
    CONTACT,
    DIRECTOR,
    DOOR,
    EVERY_PARTNER,
    EVERYBODY,
    FAMILY,
    GIVE,
    HEAD,
    KEEP_SERVICES,
    LOOK_UP,
    MANAGERS,
    MEMBER,
    NOBODY,
    OFFICER,
    PAYS_A_SHARE,
    PERSONNEL,
    PROVIDER,
    READ_STORIES,
    SEES_FUNDING,
    STAFF,
    SUPPORT,
    TEAMS,
    UNION,
    Line,
    _draft,
    _of,
    _of_scene,
    _own_school,
    _with_waiting,
    always,
    around_the_family,
    asked,
    at_a_school,
    finds,
    finds_both,
    had_by,
    helped,
    in_the_family,
    is_open,
    nobody,
    offered_by,
    offered_to,
    team_answers,
    told_of,
)

PUBLIC = Line(EVERYBODY, public=True)
SIGNING_IN, ACCOUNT = Line(EVERYBODY, public=True, library=True), Line(EVERYBODY, library=True)
KEY = Line(EVERYBODY, always(pk=1), library=True)

LINES: dict[str, Line] = {
    # signing in
    "account_login": SIGNING_IN,
    "account_logout": SIGNING_IN,
    "account_inactive": SIGNING_IN,
    "mfa_authenticate": SIGNING_IN,
    "mfa_login_webauthn": SIGNING_IN,
    "account_reauthenticate": ACCOUNT,
    "account_change_password": ACCOUNT,
    "mfa_index": ACCOUNT,
    "mfa_reauthenticate": ACCOUNT,
    "mfa_activate_totp": ACCOUNT,
    "mfa_deactivate_totp": ACCOUNT,
    "mfa_view_recovery_codes": ACCOUNT,
    "mfa_generate_recovery_codes": ACCOUNT,
    "mfa_download_recovery_codes": ACCOUNT,
    "mfa_list_webauthn": ACCOUNT,
    "mfa_add_webauthn": ACCOUNT,
    "mfa_reauthenticate_webauthn": ACCOUNT,
    "mfa_remove_webauthn": KEY,
    "mfa_edit_webauthn": KEY,
    # access
    "access:role": ACCOUNT,
    "access:reason": Line(READ_STORIES | OFFICER, CHILD, finds),
    "access:glass": Line(CASEWORK),
    "access:second": Line(frozenset({"front door manager"}) | HEAD | OFFICER),
    "access:review": Line(OFFICER),
    "access:review-one": Line(OFFICER, always(number=1)),
    # the site
    "alive": PUBLIC,
    "web:keys": PUBLIC,
    "web:leave": PUBLIC,
    "web:style": Line(STAFF),
    "web:style-question": Line(STAFF),
    "questions:save": Line(
        EVERYBODY, _draft("school"), lambda who, relation: who == "professional referrer", public=True
    ),
    # telling and following
    "frontdoor:first": PUBLIC,
    "frontdoor:tell": PUBLIC,
    "frontdoor:tell-step": Line(EVERYBODY, always(number=1), public=True),
    "frontdoor:tell-check": PUBLIC,
    "frontdoor:tell-received": PUBLIC,
    "frontdoor:tell-done": PUBLIC,
    "frontdoor:follow": PUBLIC,
    "frontdoor:concerns": Line(EVERY_PARTNER),
    "frontdoor:raise": Line(EVERY_PARTNER | CASEWORK),
    **dict.fromkeys(
        ("frontdoor:concern-form", "frontdoor:concern-check", "frontdoor:concern-sent"),
        Line(
            EVERY_PARTNER | CASEWORK, _draft("school"), lambda who, relation: who == "professional referrer"
        ),
    ),
    "frontdoor:concern": Line(EVERY_PARTNER, CONTACT, told_of),
    "frontdoor:disagree": Line(EVERY_PARTNER, CONTACT, told_of),
    "frontdoor:attachment": Line(
        EVERYBODY, lambda scene, known: {"concern": known.concern, "number": 1}, nobody
    ),
    "frontdoor:telephone": Line(DOOR),
    "frontdoor:telephone-begin": Line(DOOR),
    "frontdoor:telephone-form": Line(
        DOOR, _draft("front door"), lambda who, relation: who == "front door worker"
    ),
    # the front door's work
    "frontdoor:inbox": Line(DOOR | HEAD),
    "frontdoor:contact": Line(DOOR | HEAD, CONTACT),
    **dict.fromkeys(
        ("frontdoor:screen", "frontdoor:ask", "frontdoor:decide", "frontdoor:decide-keep"),
        Line(DOOR, CONTACT),
    ),
    "frontdoor:same": Line(
        DOOR | MANAGERS | HEAD,
        _of(concern="concern", duplicate="duplicate"),
        lambda who, relation: who in DOOR | HEAD,
    ),
    "frontdoor:blind": Line(MANAGERS | HEAD, CONTACT, lambda who, relation: who == "front door manager"),
    "frontdoor:disagreement": Line(DOOR, CONTACT, nobody),
    "frontdoor:rota": Line(frozenset({"front door manager"}) | HEAD | ADMINISTRATOR),
    "frontdoor:cases": Line(MANAGERS | HEAD),
    "frontdoor:compare": Line(MANAGERS | HEAD),
    "frontdoor:vignette": Line(
        MANAGERS | HEAD, lambda scene, known: {"name": scene.case} if known.relation == "own" else None
    ),
    "frontdoor:link": Line(MANAGERS | HEAD, _with_waiting("other"), finds_both),
    "frontdoor:unlink": Line(MANAGERS | HEAD, _with_waiting("leaving"), finds_both),
    "frontdoor:checks": Line(AT_A_DESK | DOOR),
    "frontdoor:check-attached": Line(EVERYBODY, always(check=1, number=1), nobody),
    **dict.fromkeys(
        ("frontdoor:check", "frontdoor:check-take"), Line(AT_A_DESK | DOOR, _of(check="check"), asked)
    ),
    "frontdoor:notices": Line(AT_A_DESK | DOOR),
    "frontdoor:triage-begin": Line(AT_A_DESK | DOOR, CONTACT, lambda who, relation: who in DOOR),
    **dict.fromkeys(
        ("frontdoor:notice", "frontdoor:notice-decide"),
        Line(AT_A_DESK | DOOR, always(triage=NOT_THERE), nobody),
    ),
    # what partners noticed early
    **dict.fromkeys(("signals:families", "signals:noted"), Line(SUPPORT | HEAD)),
    "signals:family": Line(SUPPORT | HEAD, always(family=1), nobody),
    **dict.fromkeys(
        ("signals:decide", "signals:part", "signals:take-up", "signals:hold-ask"),
        Line(SUPPORT, always(family=1), nobody),
    ),
    "signals:taken-back": Line(SUPPORT),
    "signals:take-back": Line(GIVE, always(signal=1), nobody),
    **dict.fromkeys(("signals:given", "signals:give", "signals:give-file", "signals:columns"), Line(GIVE)),
    **dict.fromkeys(("signals:feeds", "signals:feed-new"), Line(HEAD | OFFICER)),
    **dict.fromkeys(("signals:holds", "signals:hold-new"), Line(OFFICER)),
    "signals:hold": Line(OFFICER, always(hold=1), nobody),
    "signals:matches": Line(DOOR | MANAGERS | HEAD),
    "signals:same": Line(DOOR | MANAGERS | HEAD, always(duplicate=1), nobody),
    "signals:feed": Line(HEAD | OFFICER, always(feed=1), nobody),
    "signals:feed-renew": Line(HEAD | OFFICER, always(renews=1), nobody),
    # what services there are, and places asked for
    "directory:find": Line(LOOK_UP),
    "directory:service": Line(LOOK_UP, _of_scene(number="service")),
    **dict.fromkeys(("directory:own", "directory:add"), Line(PROVIDER)),
    "directory:keep_own": Line(PROVIDER, _of_scene(number="service")),
    "directory:keep": Line(KEEP_SERVICES, _of_scene(number="service")),
    "directory:family": Line(CASEWORK, CHILD, finds),
    **dict.fromkeys(
        ("directory:service_for", "directory:ask"),
        Line(CASEWORK, lambda scene, known: {"file": known.file, "number": scene.service}, finds),
    ),
    "directory:desk": Line(PROVIDER),
    "directory:answer": Line(PROVIDER, _of(entry="request"), lambda who, relation: relation == "own"),
    "directory:asked": Line(CASEWORK),
    "directory:request": Line(CASEWORK, _of(entry="request"), finds),
    **dict.fromkeys(("exchange:directories",), Line(KEEP_SERVICES)),
    "exchange:directory": Line(KEEP_SERVICES, _of_scene(number="intake")),
    "exchange:directory_export": Line(KEEP_SERVICES, always(form="json")),
    **dict.fromkeys(
        (
            "api:directory",
            "api:services",
            "api:organizations",
            "api:taxonomies",
            "api:taxonomy_terms",
            "api:service_at_locations",
        ),
        PUBLIC,
    ),
    **dict.fromkeys(
        (
            "api:service",
            "api:organizations-one",
            "api:taxonomies-one",
            "api:taxonomy_terms-one",
            "api:service_at_locations-one",
        ),
        Line(
            EVERYBODY, lambda scene, known: None, public=True
        ),  # of no child: gateways/api/tests/test_directory.py
    ),
    # hand-overs
    "caseflow:offers": Line(MANAGERS | HEAD),
    "caseflow:offer": Line(MANAGERS | HEAD, _of(offer="offer"), offered_to),
    "caseflow:withdraw": Line(DOOR | MANAGERS | HEAD, _of(offer="offer"), offered_by),
    "caseflow:offer-on": Line(DOOR | MANAGERS | HEAD, CHILD, nobody),
    "caseflow:place": Line(
        DOOR | MANAGERS | HEAD, CHILD, lambda who, relation: who in HEAD and is_open(who, relation)
    ),
    **dict.fromkeys(
        ("caseflow:worker", "caseflow:end-worker", "caseflow:close"),
        Line(MANAGERS | HEAD, CHILD, team_answers),
    ),
    "caseflow:step": Line(DOOR | MANAGERS | HEAD, CHILD, team_answers),
    # early help: of the one family that has begun, the team's own and what is shared with the school
    "familysupport:families": Line(SUPPORT | HEAD),
    "familysupport:of-child": Line(SUPPORT | HEAD, CHILD, helped),
    "familysupport:begin": Line(SUPPORT, CHILD, nobody),
    "familysupport:family": Line(SUPPORT | HEAD, FAMILY, helped),
    **dict.fromkeys(
        (
            "familysupport:answer",
            "familysupport:lead",
            "familysupport:assess",
            "familysupport:plan",
            "familysupport:review",
            "familysupport:meet",
            "familysupport:joined",
            "familysupport:step",
        ),
        Line(SUPPORT, FAMILY, team_answers),
    ),
    "familysupport:assessment": Line(
        SUPPORT,
        lambda scene, known: in_the_family(draft=scene.drafts["assessment"])(scene, known),
        lambda who, relation: who == "family support worker" and relation == "helped",
    ),
    "familysupport:act": Line(SUPPORT, in_the_family(goal=1), team_answers),
    "familysupport:left": Line(SUPPORT, in_the_family(place=1), team_answers),
    "familysupport:end": Line(frozenset({"family support manager"}), FAMILY, team_answers),
    "familysupport:around": Line(AT_A_DESK),
    "familysupport:shared": Line(AT_A_DESK, FAMILY, around_the_family),
    "familysupport:own-act": Line(AT_A_DESK, in_the_family(goal=1), around_the_family),
    # partner funding
    **dict.fromkeys(
        ("funding:funding", "funding:agreements", "funding:bought", "funding:costs"), Line(SEES_FUNDING)
    ),
    "funding:agree": Line(HEAD | DIRECTOR),
    "funding:agreement": Line(SEES_FUNDING, _of_scene(agreement="agreement")),
    "funding:contribution": Line(SEES_FUNDING, _of_scene(contribution="contribution")),
    **dict.fromkeys(
        ("funding:statement", "funding:pdf", "funding:sheet"), Line(SEES_FUNDING, _own_school(year=2025))
    ),
    "funding:own": Line(PAYS_A_SHARE),
    "funding:time": Line(CASEWORK - HEAD, CHILD, finds),
    **dict.fromkeys(
        ("funding:own-year", "funding:own-pdf", "funding:own-sheet"), Line(PAYS_A_SHARE, always(year=2025))
    ),
    # the desk
    "desk:what-waits": Line(ADMINISTRATOR),
    "desk:my-day": Line(READ_STORIES),
    "desk:teams": Line(READ_STORIES),
    "desk:team": Line(
        READ_STORIES,
        lambda scene, known: {"number": scene.city.assessment.pk} if known.relation == "own" else None,
    ),
    "desk:find": Line(READ_STORIES | OFFICER),
    "desk:story": Line(READ_STORIES, CHILD, finds),
    "desk:why": Line(READ_STORIES, _of(file="file", number="due"), finds),
    "desk:excuse": Line(MANAGERS | CHAIR | HEAD, _of(file="file", number="due"), finds),
    "desk:entry": Line(READ_STORIES, _of(file="file", number="entry"), finds),
    "desk:correct": Line(CASEWORK, _of(file="file", number="entry"), finds),
    "desk:withdraw": Line(MANAGERS | HEAD | OFFICER, _of(file="file", number="entry"), finds),
    "desk:settle": Line(MANAGERS | CHAIR | HEAD, _of(file="file", number="doubt"), finds),
    "desk:note": Line(CASEWORK, CHILD, finds),
    "desk:visit": Line(CASEWORK - HEAD, CHILD, finds),
    # the partnership
    "teams:teams": Line(ADMINISTRATOR),
    "teams:team-new": Line(ADMINISTRATOR),
    "teams:team": Line(ADMINISTRATOR, always(team=1)),
    "teams:team-change": Line(ADMINISTRATOR, always(team=1)),
    "teams:join": Line(ADMINISTRATOR, always(team=1)),
    "teams:team-end": Line(ADMINISTRATOR, always(team=1)),
    "teams:membership-end": Line(ADMINISTRATOR, always(membership=1)),
    "teams:people": Line(ADMINISTRATOR),
    "teams:person-new": Line(ADMINISTRATOR),
    "teams:person": Line(ADMINISTRATOR, always(worker=1), nobody),
    "teams:account": Line(ADMINISTRATOR, always(worker=1), nobody),
    "teams:person-end": Line(ADMINISTRATOR, always(worker=1), nobody),
    "partnership:board": Line(BOARD),
    "partnership:commitment": Line(BOARD, always(commitment=1), nobody),
    "partnership:meeting-held": Line(BOARD, always(meeting=1), nobody),
    "partnership:pilot": Line(BOARD, always(pilot=1), nobody),
    "partnership:pilot-compared": Line(BOARD, always(pilot=1), nobody),
    **dict.fromkeys(
        ("partnership:seat", "partnership:meeting", "partnership:commit", "partnership:pilot-new"),
        Line(HEAD | DIRECTOR),
    ),
    "partnership:seat-end": Line(HEAD | DIRECTOR, always(seat=1), nobody),
    "partnership:pilot-end": Line(HEAD | DIRECTOR, always(pilot=1), nobody),
    "partnership:disputes-to-settle": Line(HEAD | DIRECTOR),
    "partnership:dispute-settle": Line(HEAD | DIRECTOR, always(dispute=1), nobody),
    "partnership:disputes": Line(AT_A_DESK | CASEWORK),
    "partnership:dispute-new": Line(AT_A_DESK | CASEWORK),
    "partnership:dispute": Line(AT_A_DESK | CASEWORK, always(dispute=1), nobody),
    # what was shared
    **dict.fromkeys(
        ("disclosure:of-child", "disclosure:share", "disclosure:refuse"), Line(CASEWORK, CHILD, finds)
    ),
    **dict.fromkeys(
        ("disclosure:exactly", "disclosure:exactly-text"), Line(CASEWORK, always(number=NOT_THERE), nobody)
    ),
    "disclosure:attached": Line(CASEWORK, always(number=NOT_THERE, attached=1), nobody),
    "disclosure:own": Line(EVERY_PARTNER),
    **dict.fromkeys(
        ("disclosure:exactly-own", "disclosure:exactly-own-text"),
        Line(EVERY_PARTNER, always(number=NOT_THERE), nobody),
    ),
    "disclosure:attached-own": Line(EVERY_PARTNER, always(number=NOT_THERE, attached=1), nobody),
    # assessment: who reads and writes one is held in its own tests
    "assessment:list": Line(TEAMS),
    "assessment:to-authorise": Line(frozenset({"team manager", "other team manager"}) | HEAD),
    "assessment:of-child": Line(TEAMS, CHILD, team_answers),
    **dict.fromkeys(
        ("assessment:one", "assessment:write", "assessment:keep"), Line(TEAMS, always(assessment=1), nobody)
    ),
    "assessment:authorise": Line(
        frozenset({"team manager", "other team manager"}) | HEAD, always(assessment=1), nobody
    ),
    # strategy discussions: an agency sees those to which it was called, which is held in their own tests
    "protection:list": Line(DOOR | TEAMS),
    "protection:of-child": Line(
        DOOR | TEAMS,
        CHILD,
        lambda who, relation: is_open(who, relation) if who in DOOR else team_answers(who, relation),
    ),
    **dict.fromkeys(
        ("protection:one", "protection:minutes", "protection:keep", "protection:call-in"),
        Line(DOOR | TEAMS, always(number=1), nobody),
    ),
    "protection:actions": Line(READ_STORIES),
    "protection:action": Line(READ_STORIES, always(held=1, place=0), nobody),
    "protection:asked": Line(GIVE),
    "protection:asked-one": Line(GIVE, always(number=1), nobody),
    # leaders and returns
    "leadership:director": Line(MANAGERS | CHAIR | HEAD | DIRECTOR | MEMBER | ANALYST | AUDITOR),
    "leadership:figure": Line(
        MANAGERS | CHAIR | HEAD | DIRECTOR | MEMBER | ANALYST | AUDITOR, always(name="unallocated")
    ),
    "exchange:imports": Line(ADMINISTRATOR),
    "exchange:import": Line(ADMINISTRATOR, always(number=1), nobody),
    # not for browsers: a token opens these
    "api:openapi": PUBLIC,
    "api:contacts": Line(NOBODY),
    "api:contact": Line(NOBODY, _of(receipt="receipt")),
    **dict.fromkeys(
        (
            "api:attachments",
            "api:contact-sent",
            "api:checks",
            "api:signals",
            "api:signals-taken-back",
            "api:outcomes",
            "api:signal-outcomes",
            "api:requests",
            "api:own-services",
            "api:questions",
            "api:notices",
            "api:strategy-calls",
        ),
        Line(NOBODY),
    ),
    **dict.fromkeys(
        ("api:check", "api:check-read", "api:check-answer", "api:check-attachments"),
        Line(NOBODY, _of(number="check")),
    ),
    **dict.fromkeys(
        ("api:notice", "api:notice-say", "api:strategy-call", "api:strategy-answer"),
        Line(NOBODY, always(number="1")),
    ),
    "api:strategy-done": Line(NOBODY, always(number="1", place=0)),
    "api:own-service": Line(NOBODY, always(ident="1")),
    **dict.fromkeys(("api:request", "api:request-answer", "api:question"), Line(NOBODY, always(number="1"))),
    **dict.fromkeys(("systems:systems", "systems:make-token", "systems:make-webhook"), Line(ADMINISTRATOR)),
    **dict.fromkeys(("systems:token", "systems:webhook"), Line(ADMINISTRATOR, always(number=1), nobody)),
    # schools and their link people
    "schools:own": Line(AT_A_DESK, opens=at_a_school),
    "schools:ask": Line(AT_A_DESK, opens=at_a_school),
    "schools:question": Line(AT_A_DESK, always(concern=1), nobody),
    "schools:asked": Line(SUPPORT | HEAD),
    "schools:answer": Line(SUPPORT | HEAD, always(concern=1), nobody),
    "schools:linked": Line(frozenset({"family support manager"}) | HEAD | ADMINISTRATOR),
    "schools:link": Line(
        frozenset({"family support manager"}) | HEAD | ADMINISTRATOR,
        lambda scene, known: (
            {"school": scene.city.school.team.agency_id} if known.relation == "own" else None
        ),
    ),
    "schools:away": Line(MANAGERS | HEAD | ADMINISTRATOR),
    "schools:back": Line(MANAGERS | HEAD | ADMINISTRATOR, always(absence=1), nobody),
    "schools:lists": Line(ADMINISTRATOR),
    "schools:list": Line(ADMINISTRATOR, always(number=1), nobody),
    # the workforce
    "workforce:my-work": Line(CASEWORK),
    "workforce:say-full": Line(CASEWORK),
    "workforce:my-full": Line(CASEWORK, always(number=NOT_THERE), nobody),
    "workforce:workload": Line(MANAGERS | HEAD | DIRECTOR),
    "workforce:team-load": Line(MANAGERS | HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    "workforce:waiting": Line(MANAGERS | HEAD, always(number=NOT_THERE), nobody),
    "workforce:moves": Line(MANAGERS | HEAD, always(number=NOT_THERE), nobody),
    "workforce:moves-asked": Line(MANAGERS | HEAD, always(number=NOT_THERE), nobody),
    "workforce:conflicts": Line(CASEWORK),
    "workforce:conflict": Line(CASEWORK, CHILD, finds),
    "workforce:full": Line(MANAGERS | HEAD | DIRECTOR),
    "workforce:full-said": Line(MANAGERS | HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    "workforce:establishment": Line(HEAD | DIRECTOR | MEMBER | ANALYST | PERSONNEL | UNION),
    "workforce:sheet": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "workforce:own-team-posts": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "workforce:take": Line(PERSONNEL),
    **dict.fromkeys(("workforce:open-post", "workforce:employed-list", "workforce:leavers"), Line(PERSONNEL)),
    "workforce:employed": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "workforce:team-posts": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "workforce:post": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    # recruitment and retention
    "recruitment:pipeline": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:sheet": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:rates": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:panels": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:vacancy": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "recruitment:candidate": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "recruitment:retention": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:themes": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:initiatives": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:initiative": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "recruitment:leavers": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "recruitment:leaver": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "recruitment:retention-list": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(key="turnover")),
    "recruitment:open": Line(PERSONNEL),
    "recruitment:candidates-sheet": Line(PERSONNEL),
    "recruitment:take": Line(PERSONNEL),
    "recruitment:interviews": Line(PERSONNEL),
    "recruitment:interview": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "recruitment:my-interviews": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "recruitment:my-interview": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    # selection
    "selection:home": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "selection:own": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:own-wishes": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:own-scores": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:own-appeal-new": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:own-appeal": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:letter": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:letter-pdf": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:sheets": Line(MANAGERS | HEAD | PERSONNEL),
    "selection:sheet": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:exercises": Line(MANAGERS | HEAD | PERSONNEL),
    "selection:exercise": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:people": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:mix": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:shares": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:scores-out": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:scores-in": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:pool": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:panel": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:person": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:assessment": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:run": Line(MANAGERS | HEAD | PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:pool-new": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:panel-new": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:sheet-wishes": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:sheet-scores": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:take": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:appeal": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "selection:tie": Line(HEAD, always(number=NOT_THERE, place=0), nobody),
    "selection:hearings": Line(HEAD | DIRECTOR),
    "selection:hearing": Line(HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    # the cut-over: the scene has none, so that what takes a number is not there
    "cutover:all": Line(HEAD | DIRECTOR),
    "cutover:mine": Line(MANAGERS | HEAD | DIRECTOR),
    "cutover:coming": Line(CASEWORK),
    "cutover:cutover": Line(MANAGERS | HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    "cutover:families": Line(HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    "cutover:receive": Line(MANAGERS | HEAD | DIRECTOR, always(number=NOT_THERE, team=1), nobody),
    "cutover:family": Line(MANAGERS | HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    "cutover:letter": Line(CASEWORK, always(number=NOT_THERE), nobody),
    "cutover:letter-pdf": Line(CASEWORK, always(number=NOT_THERE), nobody),
    "cutover:rehearsal": Line(HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    # supervision
    "supervision:mine": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "supervision:team": Line(MANAGERS | HEAD | DIRECTOR),
    "supervision:plan": Line(MANAGERS | HEAD | DIRECTOR, always(worker=NOT_THERE), nobody),
    "supervision:session": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "supervision:put-off": Line(MANAGERS | HEAD | DIRECTOR, always(number=NOT_THERE), nobody),
    "supervision:decide": Line(MANAGERS | HEAD | DIRECTOR, always(number=NOT_THERE, file=NOT_THERE), nobody),
    "supervision:action": Line(
        CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE, entry=NOT_THERE, place=1), nobody
    ),
    "supervision:correct": Line(
        CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE, word=NOT_THERE), nobody
    ),
    "supervision:workers": Line(MANAGERS | HEAD | DIRECTOR, CHILD, had_by),
    "supervision:assurance": Line(HEAD | DIRECTOR),
    "supervision:supervisor": Line(HEAD | DIRECTOR, always(worker=NOT_THERE), nobody),
    "supervision:lines": Line(HEAD | DIRECTOR),
    "supervision:releases": Line(HEAD | DIRECTOR | OFFICER | PERSONNEL),
    "supervision:choose": Line(HEAD | DIRECTOR | OFFICER | PERSONNEL),
    "supervision:ask": Line(HEAD | DIRECTOR | OFFICER | PERSONNEL, always(number=NOT_THERE), nobody),
    "supervision:release": Line(HEAD | DIRECTOR | OFFICER | PERSONNEL, always(number=NOT_THERE), nobody),
    # objectives, thanks and support of staff
    "performance:mine": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "performance:propose": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "performance:my-figures": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "performance:objective": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "performance:team-thanks": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "performance:thank": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "performance:share": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE)),
    "performance:team": Line(MANAGERS | HEAD),
    "performance:worker": Line(MANAGERS | HEAD, always(number=NOT_THERE), nobody),
    "performance:propose-for": Line(MANAGERS | HEAD, always(number=NOT_THERE), nobody),
    "performance:figures": Line(MANAGERS | HEAD, always(number=NOT_THERE), nobody),
    "performance:begin": Line(MANAGERS | HEAD, always(number=NOT_THERE), nobody),
    "performance:formal": Line(HEAD | PERSONNEL),
    "performance:matter": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "performance:step": Line(
        CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE, stage="notice"), nobody
    ),
    # learning and career
    "learning:mine": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "learning:career": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "learning:book": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "learning:booking": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "learning:certificate": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "learning:first-year": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "learning:team": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "learning:effect": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "learning:courses": Line(PERSONNEL),
    "learning:course": Line(PERSONNEL, always(number=NOT_THERE), nobody),
    "learning:sheet": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "learning:take": Line(PERSONNEL),
    # a programme of change; a number that is no programme's is answered as if there were none
    "restructure:programmes": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL),
    "restructure:begin": Line(DIRECTOR | PERSONNEL),
    "restructure:every-figure": Line(HEAD | DIRECTOR | MEMBER | ANALYST | PERSONNEL | UNION),
    "restructure:own": Line(CASEWORK | DIRECTOR | PERSONNEL),
    "restructure:declare": Line(CASEWORK | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:programme": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:structure": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:team": Line(
        MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE, team=NOT_THERE), nobody
    ),
    "restructure:costs": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:clock": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:sheet": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:take": Line(DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:stages": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:publish": Line(DIRECTOR, always(number=NOT_THERE), nobody),
    "restructure:evaluations": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:equality": Line(MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:consultation": Line(
        MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody
    ),
    "restructure:terms": Line(DIRECTOR | PERSONNEL, always(number=NOT_THERE), nobody),
    "restructure:asked": Line(DIRECTOR | PERSONNEL, always(number=NOT_THERE, asked=NOT_THERE), nobody),
    "restructure:paper": Line(
        MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE, paper=NOT_THERE), nobody
    ),
    "restructure:paper-pdf": Line(
        MANAGERS | HEAD | DIRECTOR | PERSONNEL, always(number=NOT_THERE, paper=NOT_THERE), nobody
    ),
    "restructure:figures": Line(
        HEAD | DIRECTOR | MEMBER | ANALYST | PERSONNEL | UNION, always(number=NOT_THERE), nobody
    ),
    # a partner's own pages
    "partners:own": Line(EVERY_PARTNER),
    "partners:compared": Line(EVERY_PARTNER, opens=at_a_school),
    # only where a demonstration was seeded
    **dict.fromkeys(("demo:first", "demo:roles", "demo:strip", "demo:after", "demo:be"), PUBLIC),
}
WITH_A_TOKEN = frozenset(name for name in LINES if name.startswith("api:") and not LINES[name].public)
