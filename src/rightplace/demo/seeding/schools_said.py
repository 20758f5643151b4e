"""What schools ask their link person in the demonstration, and what they are told. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer."""

    topic: str
    question: str
    answer: str
    comes_next: str = "nothing more is needed"
    pupil: str = ""
    known_because: str = ""


SAID = (
    Exchange(
        "support for a family",
        "A mother asked at the gate whether somebody could help her with mornings and debts. She would like to be "
        "rung. What do we do first?",
        "Ask her whether you may give us her number, and send it through “Raise a concern” with what she asked for. I "
        "ring within two days. If she would rather come, the drop-in is on Wednesdays from nine.",
        "please raise a concern",
    ),
    Exchange(
        "a pupil we worry about",
        "He is tired every day and says that he sleeps on a sofa. Is there something that we should be doing?",
        "Talk with his parents first and write down what you see. If you still worry, raise a concern: say what you saw "
        "and what you want to happen. I come by on Thursday to think it through with you.",
        "the link person comes to the school",
        pupil="M.T., year 5",
    ),
    Exchange(
        "attendance",
        "Four siblings are below eighty per cent since January. Letters do nothing. Who can go and see them?",
        "I can go with your attendance lead. Ring me and we find a day this week.",
        "we ring each other",
    ),
    Exchange(
        "what there is in the area",
        "Which parenting courses are running this term, and can parents put themselves down?",
        "Two: Tuesday evenings at the children’s centre and Friday mornings at the library. Parents can put themselves "
        "down; the service directory has places and times.",
    ),
    Exchange(
        "support for a family",
        "Grandparents look after two of our pupils since Christmas. Is there money or help for them?",
        "There may be. The directory’s page on kinship has who to ask. If they would like somebody beside them, send "
        "me their number with their agreement.",
        "we ring each other",
    ),
    Exchange(
        "something else",
        "Can you come to our staff meeting and say how raising a concern works now?",
        "Gladly. I bring the one page that shows what happens after you press send.",
        "the link person comes to the school",
    ),
    Exchange(
        "a pupil we worry about",
        "We meet about her in your team around the family. Has the plan been changed, and what is our part?",
        "Yes. Your part stays the breakfast place and the weekly talk with Mrs Adair; the next meeting is on the 19th.",
        pupil="K.O., year 9",
        known_because="The school is a member of the team around the family and has its part of the plan.",
    ),
    Exchange(
        "attendance",
        "A pupil’s father says that he works nights and cannot bring her. Is there help with the way to school?",
        "There is a walking bus from the station at eight. Ask the father whether he would like it, and tell me if not.",
        pupil="S.L., year 2",
    ),
)
