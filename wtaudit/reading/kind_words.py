"""The words by which a document's kind is told: patterns with weights, matched in any case."""

from __future__ import annotations

from wtaudit.model import Kind

# In a title, first heading or file name: enough to decide when nothing speaks against it.
TITLE_WORDS: dict[Kind, tuple[tuple[str, float], ...]] = {
    Kind.ARRANGEMENTS: (
        (
            r"multi[- ]agency (?:child )?safeguarding (?:children )?(?:partnership )?arrangements?",
            8,
        ),
        (r"\bmasa\b", 8),
        (r"safeguarding (?:children )?(?:partnership )?arrangements?", 6),
        (r"arrangements? (?:for|to) safeguard", 6),
        (r"(?:published|local|partnership|statutory) arrangements?", 5),
        (r"\barrangements?\b", 3),
        (r"how we (?:work together|keep children)", 2),
        (r"safeguarding (?:children )?partnership\b", 1),
    ),
    Kind.THRESHOLD: (
        (r"\bthresholds?\b", 7),
        (r"continuum of (?:need|help|support)", 8),
        (
            r"(?:levels?|spectrum|windscreen|framework|pyramid|tiers|stages) of (?:need|support|help)",
            8,
        ),
        (r"right (?:help|support|service|time|moment)", 5),
        (r"(?:effective|responding to|matching) (?:support|needs?)", 5),
        (r"pathways? to (?:provision|support|help)", 5),
        (r"(?:needs?|response|indicators?) (?:matrix|framework|guidance)", 4),
        (r"\bneeds? and response\b", 5),
        (r"when to (?:ask|worry|refer)", 4),
    ),
    Kind.PROTOCOL: (
        (r"local protocol", 8),
        (r"assessment protocol|protocols? for (?:the )?assess", 8),
        (r"section 17|\bs\.? ?17\b", 6),
        (r"lead practitioners?", 6),
        (r"child(?:ren)? in need\b", 5),
        (r"\bassess(?:ment|ing|ments)\b", 4),
        (r"\bprotocol\b", 4),
        (r"child(?:ren)? and famil(?:y|ies) assessment", 6),
    ),
}

# In headings and running text: what each kind talks about and the others hardly do.
CONTENT_WORDS: dict[Kind, tuple[tuple[str, float], ...]] = {
    Kind.ARRANGEMENTS: (
        (r"(?:multi[- ]agency )?safeguarding arrangements?|these arrangements", 2),
        (r"lead safeguarding partners?|\blsps?\b", 2),
        (r"delegated safeguarding partners?|\bdsps?\b", 2),
        (r"(?:statutory )?safeguarding partners?\b", 1),
        (r"relevant agenc(?:y|ies)", 1.5),
        (r"independent scrutin\w+|\bscrutineer\b", 2),
        (r"(?:yearly|annual) report", 1.5),
        (r"practice reviews?|rapid reviews?", 1.5),
        (r"child deaths?|death review", 1),
        (r"\bfunding\b|contributions?\b|\bbudget", 1),
        (r"business (?:unit|team|manager)", 1),
        (r"sub-?groups?|executive (?:group|board)", 1),
        (r"partnership chair|chairs? the|\bchair\b", 0.7),
        (r"chief constable|chief executive", 1),
        (r"integrated care board|\bicb\b", 0.7),
        (r"youth custody|secure (?:estate|establishment)|residential homes", 1),
    ),
    Kind.THRESHOLD: (
        (r"\bthresholds?\b", 2),
        (r"\b(?:level|tier|stage) (?:[1-5]|one|two|three|four|five)\b", 2.5),
        (r"levels? of need|continuum", 2),
        (r"\bindicators?\b", 1.5),
        (r"\buniversal\b", 1),
        (r"early help|universal services", 1.3),
        (r"significant harm", 0.7),
        (r"section (?:20|31|47)|care proceedings|accommodat\w+", 1.2),
        (r"step(?:ping)?[- ](?:up|down)", 0.7),
        (r"\bcriteria\b|this guide|these indicators", 1.2),
        (r"additional needs|complex needs|emerging needs", 1.2),
        (r"(?:request|asking) for (?:help|support|service)", 0.7),
        (r"exploitation|neglect|missing from|misuse", 0.9),
    ),
    Kind.PROTOCOL: (
        (r"lead practitioners?", 2),
        (r"\bthis protocol\b|local protocol", 2),
        (r"section 17|\bs\.? ?17\b", 0.7),
        (r"\bassessments?\b|\bassess(?:es|ed|ing)\b", 0.6),
        (r"child(?:ren)? in need (?:plan|meeting|review|assessment)s?|\bcin\b", 2),
        (r"child and family assessment|single assessment", 1.5),
        (r"working days", 1),
        (r"\bsupervis\w+", 1),
        (r"practice (?:lead|manager|supervisor|educator)|team manager", 1.2),
        (r"allocat\w+", 1),
        (r"(?:plan|case) is closed|closure|closing", 0.8),
        (r"review meetings?|reviewed|first meeting", 0.6),
        (r"social workers?", 0.7),
        (r"\bthe plan\b", 1),
    ),
}

# A title with one of these, and none of a kind's own, is another sort of document.
OTHER_TITLES: tuple[tuple[str, str], ...] = (
    (r"working together to safeguard children", "the national guidance"),
    (r"statutory guidance|national (?:framework|guidance|standards)", "national guidance"),
    (r"(?:annual|yearly) (?:report|review)", "an annual report"),
    (r"\bminutes\b|\bagenda\b", "papers of a meeting"),
    (r"newsletter|bulletin|press release|\bnews\b", "news"),
    (r"(?:serious case|practice|rapid|child death|adults?) review", "a review"),
    (r"privacy (?:notice|policy)|cookie|accessibility statement", "a notice on privacy or access"),
    (r"job description|vacancy|person specification", "a job advertisement"),
    (
        r"child protection policy|safeguarding (?:and child protection )?policy",
        "a policy of one body",
    ),
    (r"(?:business|strategic|delivery|improvement) plan|\bstrategy\b", "a plan or strategy"),
    (r"terms of reference", "terms of reference"),
    (r"training (?:programme|catalogue|directory)", "a training programme"),
    (r"safeguarding adults? (?:board|review|policy|procedures)", "about adults"),
)
