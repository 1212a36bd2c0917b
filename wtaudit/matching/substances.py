"""Kinds of fact that no list of phrases can hold: posts, names, dates, sums, frequencies, contacts.

Each is a built-in concept whose name starts with `@`. A substance finds character spans in a text as it is written,
because capitals and figures carry the meaning.
"""

from __future__ import annotations

import re

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)"
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty(?:[- ]five)?|fifty|sixty|ninety)"
_ORDINAL = r"(?:first|second|third|fourth|last|other)"
_UNIT = r"(?:minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|terms?|half[- ]terms?|years?)"
_CAP = r"[A-Z][\w'’&-]*"
_NAME_RUN = rf"(?:{_CAP}(?: (?:and|of|the|for|upon|on|in|le|with|&) )?(?: ?{_CAP})*)"

_POST_HEAD = (
    r"(?:[Cc]hief [Ee]xecutives?|[Cc]hief [Cc]onstables?|[Cc]hief [Nn]urs(?:e|ing [Oo]fficer)s?|[Cc]hief [Oo]fficers?|[Cc]hief [Oo]perating [Oo]fficer|"
    r"[Hh]ead of [Pp]aid [Ss]ervice|[Mm]anaging [Dd]irector|[Ee]xecutive [Nn]urse|[Cc]ommissioner of [Pp]olice|"
    r"(?:[Dd]etective |[Cc]hief |[Tt]emporary )*(?:[Ss]uperintendent|[Ii]nspector|[Cc]onstable|[Ss]ergeant)s?|"
    r"(?:[Aa]ssistant|[Dd]eputy) [Cc]hief (?:[Cc]onstable|[Ee]xecutive|[Nn]urse)|[Bb]orough [Cc]ommander|[Aa]rea [Cc]ommander|"
    r"(?:(?:[Ee]xecutive|[Cc]orporate|[Ss]trategic|[Aa]ssistant|[Dd]eputy|[Ss]ervice|[Gg]roup|[Pp]rogramme|[Aa]ssociate|[Ii]nterim|[Cc]hief [Nn]ursing and) )*[Dd]irectors?(?: (?:of|for)|,| \(|\b)|"
    r"[Hh]ead(?:s)? of (?!household|famil|the family|agenc)[A-Z]?\w+|[Hh]ead ?teachers?|[Pp]rincipal(?: [Ss]ocial [Ww]orker| of|s\b)?|"
    r"(?:[Tt]eam|[Ss]ervice|[Ll]ocality|[Pp]ractice|[Bb]usiness|[Pp]artnership|[Dd]istrict|[Aa]rea|[Hh]ub|[Gg]roup|[Oo]perations|[Cc]ommissioning|[Dd]evelopment|[Qq]uality|[Pp]rogramme|[Cc]ase|[Dd]uty|[Aa]ssessment|[Rr]egistered|[Ff]amily [Hh]elp|[Ww]ard|[Tt]raining|[Ll]earning|[Dd]ata) (?:[Mm]anager|[Ll]eads?|[Ss]upervisor|[Cc]o-?ordinator|[Oo]fficer|[Aa]nalyst|[Ll]eader)s?|"
    r"[Mm]anagers?\b|[Ss]upervisors?\b|[Cc]o-?ordinators?\b|[Ss]crutineer|[Cc]ommissioner\b|[Cc]hair(?:person|man|woman)?\b(?= of)|"
    r"(?:[Dd]esignated|[Nn]amed|[Ll]ead|[Ss]enior|[Ss]chool|[Ss]pecialist) (?:[Nn]urse|[Dd]octor|[Mm]idwife|[Ss]ocial [Cc]are [Oo]fficer|[Ss]afeguarding [Ll]ead|[Pp]ractitioner|[Oo]fficer|[Aa]dviser|[Pp]rofessional|[Ss]ocial [Ww]orker)s?|"
    r"[Aa]ccountable [Oo]fficer|[Ll]ead [Mm]ember|[Mm]onitoring [Oo]fficer|[Dd]irector\b|DCS\b|CEO\b|LADO\b|DSCO\b|SENCO\b|ACC\b)"
)
PATTERNS: dict[str, re.Pattern[str]] = {
    "@post": re.compile(rf"\b{_POST_HEAD}"),
    "@name": re.compile(
        r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof(?:essor)?|Sir|Dame|Cllr|Councillor|Rev|DCS|DCI|CC|ACC|Supt|Judge|HHJ)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*"
        r"|\b(?!(?:The|This|That|These|Those|In|On|At|For|From|With|By|And|Our|We|Each|All|Any|Every|North|South|East|West|Great|New|High|Low|Old|Upper|Lower|Level|Step|Part|Table|Annex|Appendix|Section|Chapter|Working|Local|Lead|Early|Family|Children|Young|Social|Safeguarding|Partnership|Public|Child|Chief|Head|Integrated|County|City|Borough|Council|Police|Health|Designated|Independent|Delegated|Executive|Director|Strategic|Multi|Key|Team|Practice)\b)"
        r"[A-Z][a-z]+ (?!(?:Council|Police|Constabulary|Board|Partnership|Trust|Hospital|School|College|Academy|County|City|Borough|District|Team|Service|Services|Hub|House|Road|Street|Safeguarding|Children|Family|Families|Plan|Panel|Group|Forum|Executive|Together|Act|Help|Care|Early|Health|Region|Valley|Level|Form|Desk|Line|Centre|Hall|Court|Standard|Framework|Protocol|Matrix|Continuum|Assessment|Review|Network|Alliance|Association|Voluntary|ICB|NHS|Table|Chapter|Unit|Conference|Meeting|Strategy|Approach|Model|Fund|Agreement|Charter|Committee|Pathway)\b)[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?=\s*(?:[,(.|:;]|is\b|has\b|was\b|who\b|took\b|holds\b|chairs\b|acts\b|provides\b|leads\b|will\b|can\b|as\b|and\b|$))"
    ),
    "@organisation": re.compile(
        rf"\b{_NAME_RUN} (?:Council|ICB|Integrated Care Board|Police|Constabulary|NHS Trust|NHS Foundation Trust|Trust|Board|Partnership|College|Academy|School|University|Association|Alliance|Forum|Network|Fire and Rescue(?: Service)?|Probation|Charity|Centre|Service|Group|Committee|Panel|Unit|Team|Hub|Executive|Assembly|Table)\b"
        r"|\bNHS [A-Z][\w'’-]+|\bCafcass\b|\bNSPCC\b|\bBarnardo['’]s\b|\bBritish Transport Police\b|\bHealthwatch\b"
    ),
    "@council": re.compile(
        rf"\b{_NAME_RUN} (?:County |City |Borough |District |Metropolitan |Unitary |Town )*Council\b|\b[Tt]he (?:[Cc]ounty |[Cc]ity |[Bb]orough )?[Cc]ouncil\b"
        r"|\b(?:[Tt]he|[Oo]ur) [Ll]ocal [Aa]uthority\b|\bLondon Borough of [A-Z]\w+|\b(?:the )?Royal Borough of [A-Z]\w+|\bCity of [A-Z]\w+|\b[Bb]oth [Cc]ouncils\b|\b[Cc]ouncil['’]s\b|\bCouncil\b"
    ),
    "@icb": re.compile(r"\bICBs?\b|\b[Ii]ntegrated [Cc]are [Bb]oards?\b"),
    "@police-force": re.compile(
        rf"\b{_NAME_RUN} (?:Police|Constabulary)\b|\b[Tt]he (?:[Pp]olice|[Cc]onstabulary|[Ff]orce|[Pp]olice [Ff]orce|[Pp]olice [Ss]ervice)\b|\b[Cc]hief [Cc]onstable\b|\bConstabulary\b|\bMetropolitan Police\b|\bPolice\b"
    ),
    "@date": re.compile(
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH},? (?:\d{{1,2}},? )?(?:19|20)\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d\d)?\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b(?:19|20)\d\d[-/]\d\d(?:-\d\d)?\b|\b{_SEASON} (?:of )?(?:19|20)\d\d\b|\b(?:by|from|since|until|in|during) (?:19|20)\d\d\b|\b(?:in|by|each|every) {_MONTH}\b"
    ),
    "@frequency": re.compile(
        rf"\b(?:daily|weekly|fortnightly|monthly|bi-?monthly|quarterly|half[- ]?yearly|six[- ]?monthly|termly|half[- ]termly|annual(?:ly)?|yearly|biennial(?:ly)?|bi-?annual(?:ly)?|twice[- ]yearly)\b"
        rf"|\b(?:each|every|per|once an?|twice an?|once every|every other|every second|(?:{_COUNT}) times an?|a) (?:{_COUNT} )?(?:working |school |financial |calendar |new )?{_UNIT}\b"
        rf"|\b(?:each|every) (?:{_MONTH}|{_SEASON}|Monday|Tuesday|Wednesday|Thursday|Friday|September|time)\b|\b(?:in|every|each) {_MONTH} and (?:in )?{_MONTH}\b|\bevery \d+ (?:working )?{_UNIT}\b|\b(?:once|twice|three times|four times|six times) (?:a|an|each|every|in each|per|in every) (?:\w+ )?(?:day|week|fortnight|month|quarter|term|half[- ]term|year)\b|\bat least (?:every|once)\b|\bat (?:each|every) meeting\b",
        re.IGNORECASE,
    ),
    "@duration": re.compile(
        rf"\b(?:within|in|for|after|by|no (?:later|more|longer) than|not (?:later|more) than|up to|at least|under|inside|over) (?:a |an |the )?(?:next |following |first |same |maximum of |period of )*(?:{_COUNT} )?(?:clear |working |calendar |school |full )*{_UNIT}\b|\b(?:same|next|following)(?: working)? day\b|\b{_COUNT}[- ](?:working[- ])?(?:minute|hour|day|week|month|year)s?\b|\b(?:by the )?end of the (?:same |next |following )?(?:working |school )?(?:day|week)\b|\bstraight ?away\b|\bthe same (?:day|afternoon|morning)\b|\b{_COUNT} (?:working |calendar |clear )?(?:days|weeks|months|years|hours)\b",
        re.IGNORECASE,
    ),
    "@money": re.compile(
        r"£ ?\d[\d,.]*(?: ?(?:k|m|bn|thousand|million))?\b|\b\d[\d,.]* ?(?:pounds|GBP)\b|\b\d{1,3}(?:,\d{3})+\b"
    ),
    "@share": re.compile(
        r"\b\d+(?:\.\d+)? ?(?:%|per ?cent\b|percent\b)|\b(?:one|two|three|a) (?:third|quarter|fifth|half|sixth)s?\b|\bhalf\b(?! ?-?(?:term|day|year|yearly))|\b(?:equal|equally|in equal) (?:shares?|parts?|thirds?|split)\b|\b(?:forty|fifty|sixty|thirty|twenty|ten|twenty-five|forty-five|thirty-five) per ?cent\b|\bthirds\b|\bequally\b",
        re.IGNORECASE,
    ),
    "@number": re.compile(rf"\b{_COUNT}\b", re.IGNORECASE),
    "@phone": re.compile(
        r"\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b|\b0\d{4} ?\d{5,6}\b|\b0[38]00 ?\d{3,4} ?\d{3,4}\b"
    ),
    "@email": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\[email.protected\]"),
    "@link": re.compile(
        r"https?://\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:gov\.uk|org\.uk|nhs\.uk|co\.uk|police\.uk|org|com|uk|example|net|info)(?:/\S*)?\b|[\w.+-]+@[\w-]+\.[\w.-]+"
    ),
    "@we": re.compile(
        rf"\b[Ww]e\b|\b[Oo]ur\b|\b[Uu]s\b|\b[Tt]he (?:Safeguarding )?(?:Children )?(?:[Pp]artnership|[Ee]xecutive|[Bb]oard)\b|\bin {_CAP}shire\b|\b{_NAME_RUN} (?:Safeguarding|Children['’]s|Partnership|Together|SCP|LSCP)\b|\blocally\b|\bin this area\b|\bhere\b"
    ),
    "@operative": re.compile(
        r"\b(?:will|must|shall|is|are|has|have|does|do|can)\b|\b\w{3,}(?:s|es)\b(?= (?:the|a|an|to|on|in|with|at|for|their|its|it|them|each|every|all|any|what|how|who|whether|and|that|this|from|by|out|up|down|off|over|under|two|three))"
    ),
}
PATTERNS["@contact"] = re.compile(
    "|".join(f"(?:{PATTERNS[name].pattern})" for name in ("@phone", "@email", "@link"))
)


def find_substance(name: str, text: str) -> list[tuple[int, int]]:
    """Character spans of one substance in a text."""
    return [match.span() for match in PATTERNS[name].finditer(text)]
