"""What the demo community says: posts, comments, notes and messages."""

NOTES = {
    "good": "Ines, we shared Prof. Lang's lab bench for a whole winter. I'd love to hear how the river work is going.",
    "shared": "Hello Ines, your talk on low-water agreements at RiverConf gave me the idea for our canal rules. Thank you.",
    "pitch": (
        "Hi! I came across your profile and was impressed. We help hydrologists scale their impact. "
        "Quick call this week? 20% off until Friday: book a slot in my calendar."
    ),
    "recruiter": "Dear Sir or Madam, I have an exciting opportunity with a leading client that matches your profile.",
    "aside": "Hello, I would like to add you to my professional network.",
}

# author, days ago, audience, text
POSTS = [
    (
        "Oliver",
        41,
        "public",
        "Replaced the last float gauge on the Severn today. It had been measuring since 1961 and never asked for a battery.",
    ),
    (
        "Kenji",
        39,
        "public",
        "The fish pass at Toride counted its ten thousandth sweetfish this year. We had sized it for four thousand, and are glad to be wrong.",
    ),
    (
        "Priya",
        37,
        "members",
        "Our monsoon onset forecast was four days early. Four days is a sowing. We are writing down what went wrong, and will share it here first.",
    ),
    (
        "Hannah",
        33,
        "members",
        "A question to those who model: how do you explain a hundred-year flood to somebody who has had two of them? I collect answers. #hydrology #floods",
    ),
    (
        "Leilani",
        30,
        "public",
        "The reef in front of the breakwater took more energy out of last week's swell than the breakwater did. We have the numbers now: https://example.org/reef-and-breakwater",
    ),
    (
        "Bill",
        28,
        "connections",
        "Looking for a second pair of eyes on our winter drawdown plan before it goes to the board. Connections only, because it isn't public yet.",
    ),
    (
        "Ana",
        25,
        "members",
        "Three sturgeon larvae in the upper estuary. Three. I counted them twice and then sat down on the mud.",
    ),
    (
        "Jorge",
        22,
        "public",
        "The sirens in Comuna 8 now speak in three sentences instead of a tone: where the water comes from, where to go, when to come back. Evacuation took eleven minutes, not forty. #floods",
    ),
    (
        "Chloé",
        20,
        "public",
        "Looking for people who remember the low water of 1976 on the Loire. Any small thing counts: a boat that didn't float, a well that did. #LowWater",
    ),
    (
        "Anders",
        18,
        "members",
        "The Nordic gauge exchange speaks one format since Monday. Seven agencies, one column for the time zone. The time zone took two years.",
    ),
    (
        "Grace",
        15,
        "members",
        "If you run rain gauges in schools: David's lesson plan is the best that I have seen, and it fits on one page.",
    ),
    (
        "Ines",
        13,
        "public",
        "Low water isn't the absence of a flood. It is a negotiation that runs for four months. Notes from this year's Rhône talks:\n\nEverybody brought a hydrograph. Nobody brought the same one. We began by agreeing on the gauge, and that was half of it. #LowWater #Rhône",
    ),
    ("Marco", 11, "members", "First snow on the upper Dora, and first argument about the model. Both on schedule."),
    (
        "Amara",
        9,
        "public",
        "What a gauge can't tell you\n\nForty interviews with people who live inside the hundred-year line, and what they measure instead: a step, a smell, a neighbour who leaves.",
    ),
    (
        "Rahul",
        8,
        "members",
        "Our river network learned to predict the flood, and then it learned to predict the holiday calendar, because the reservoir operators go home. #hydrology is full of people.",
    ),
    (
        "Katarzyna",
        6,
        "members",
        "Found the flood marks of 1903 behind a wardrobe in a school in Opole. The caretaker had painted around them for thirty years. #floods",
    ),
    (
        "Lina",
        5,
        "members",
        "The snow course above Kvikkjokk is done: 41 cm of water equivalent, the least in our series. Data tomorrow, coffee first.",
    ),
    (
        "Samuel",
        4,
        "members",
        "A borehole that is mapped but dry is worse than one that is unmapped. We started to write the dry ones down. #groundwater",
    ),
    (
        "Ines",
        3,
        "connections",
        "Between us: the agreement on summer releases will hold. It is signed on Thursday, so please keep it here until then.",
    ),
    ("Emma", 2, "members", "My first model run that didn't crash. It is wrong, but it is mine. #hydrology"),
    (
        "Tomasz",
        1,
        "connections",
        "We open-sourced the calibration set from the March flood today. Eleven gauges, ten years, warts and all. If you ever cursed at our PDF tables: this is my apology.",
    ),
    (
        "Mei-Ling",
        1,
        "public",
        "Rain gardens along the canal took the whole of last night's storm. The street stayed dry, and the neighbours came out to look at a street being dry.",
    ),
]

HIDDEN = (
    "Felix",
    7,
    "public",
    "HIRING NOW!!! 40 hydrologists, TOP pay. Send CV + passport scan to this number today. Like and share to win a drone.",
)
WHY_HIDDEN = (
    "An advertisement that asks for passport scans. Openings are welcome here, with a plain description and no raffle."
)

PICTURE = (
    "Noah",
    10,
    "public",
    "Ice jam at the bend by Donnacona, this morning at seven. It let go an hour later; we heard it before we saw it.",
    "Plates of ice piled up in a bend of a river, under a pale sky",
)

# who passes on, days ago, whose newest post until then, with which words
REPOSTS = [("Ines", 21.5, "Jorge", "Three sentences. Read them aloud."), ("Tomasz", 8.5, "Amara", "")]

# who comments on whose newest post: author of the post, commenter, text, replies (author, text)
COMMENTS = [
    (
        "Tomasz",
        "Ines",
        "Thank you. I cursed at page 47 in particular.",
        [
            ("Tomasz", "Page 47 is gone. We held a small ceremony."),
            ("Oliver", "I kept a copy of page 47. For the archive."),
        ],
    ),
    ("Tomasz", "Katarzyna", "Does it include Opole?", [("Tomasz", "From 2015 on.")]),
    (
        "Amara",
        "Ines",
        "“A neighbour who leaves” is the best indicator that I have read this year.",
        [("Amara", "She said it while packing.")],
    ),
    ("Amara", "Jorge", "Could we translate this for our brigade? They would recognize every line.", []),
    ("Amara", "Aisha", "In Khulna it is the fish market: when it closes early, we go.", []),
    ("Lina", "Gabriela", "Ours is low too. We should plot them on one page.", [("Lina", "Yes. I bring the axes.")]),
    ("Emma", "Lina", "Keep that run. You will want to look at it in ten years.", []),
    ("Emma", "Tomasz", "All of mine are wrong. Some are published.", []),
    ("Jorge", "Grace", "Three sentences. I am taking this to Nairobi.", []),
    (
        "Mei-Ling",
        "Sofia",
        "How deep is the soil above the drain?",
        [("Mei-Ling", "60 cm, and more compost than you would think.")],
    ),
    ("Rahul", "Wei", "We had one that learned the colour of the sensor housing.", []),
    (
        "Hannah",
        "Priya",
        "I say: a die with a hundred sides doesn't remember.",
        [("Hannah", "And they say: mine does. I like yours, though.")],
    ),
]

# with whom Ines speaks: (who, sender: "i" or "t", days ago, text); unread ones last
CONVERSATIONS = {
    "Tomasz": [
        ("t", 9, "Ines, the March set goes out next week. Would you look over the readme?"),
        ("i", 9, "With pleasure. Send it when it hurts least."),
        ("t", 2, "It hurts least now."),
        ("i", 2, "Read. Two remarks, both about the time zone, both in red."),
        ("t", 1, "Of course it is the time zone. Thank you. Coffee in Warsaw is on me."),
    ],
    "Lina": [
        ("i", 20, "Lina, could we use your snow courses as a lower bound for July?"),
        ("t", 19, "You could. I would call it a hope rather than a bound."),
        ("i", 19, "Then I shall call it a hope with error bars."),
    ],
    "Oliver": [
        ("t", 6, "What do you do with gauges that people want to keep for sentimental reasons?"),
        ("i", 5, "We put them into the visitor centre and call them heritage."),
        ("t", 0.4, "You will receive a float gauge in a box. Don't tell anybody here."),
        ("t", 0.3, "It weighs 31 kg, by the way."),
    ],
    "Chloé": [
        ("t", 3, "Would you say the sentence about the hydrographs again, on the record?"),
        ("i", 3, "Gladly, on Friday."),
    ],
    "Eleni": [
        ("i", 190, "Eleni, may we borrow your cistern records for the comparison?"),
        ("t", 189, "You may. They are in cubits, I am told, but the intern checks."),
        ("i", 188, "We have converted stranger units. Thank you."),
    ],
    "Marco": [("t", 0.6, "Are you coming to Turin in June? We hold a seat for somebody who disagrees politely.")],
}

BEFORE_THE_PITCH = "Ines, we both work with soil moisture on the Paraná. I'd like to follow what you publish."
PITCH = (
    "Hi Ines, thanks for connecting! Our platform cuts the cost of field work by 40%. Book a quick call this week: "
    "https://calendly.com/pampa-remote. From only $99 a month."
)

# from, to (besides Ines), for connections: context and note
ENDORSEMENTS = [
    ("Tomasz", "Ines", "Hydrology", "worked"), ("Oliver", "Ines", "Hydrology", "talk"), ("Lina", "Ines", "Hydrology", "worked"),
    ("Marco", "Ines", "Field work", "worked"), ("Amara", "Ines", "Report writing", "posts"), ("Chloé", "Ines", "Report writing", "posts"),
    ("Oliver", "Ines", "Gauge calibration", "worked"), ("Ines", "Tomasz", "Flood modelling", "worked"),
    ("Katarzyna", "Tomasz", "Flood modelling", "worked"), ("Ines", "Lina", "Snow and ice", "talk"),
    ("Jorge", "Amara", "Interviewing", "posts"), ("Luca", "Amara", "Editing", "worked"),
]  # fmt: skip
