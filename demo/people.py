"""Who is in the demo community. Everybody is made up."""

from dataclasses import dataclass

CROWD = """
Tomasz Wiśniewski|Flood modelling, Vistula Institute|Warsaw, Poland|flood
Amara Okafor|Editor, The Open Hydrograph|Lagos, Nigeria|press
Lina Svensson|Snow and ice, Uppsala University|Uppsala, Sweden|climate
Bill Chen|Reservoir operations, Great Lakes Power|Ann Arbor, United States|utility
Jorge Ríos|Early warning, City of Medellín|Medellín, Colombia|flood
Wei Zhang|Remote sensing, Yangtze Observatory|Wuhan, China|satellite
Ana Ferreira|Estuaries, Instituto do Mar|Porto, Portugal|ecology
Priya Raman|Monsoon forecasting, Deccan Weather Lab|Pune, India|climate
Samuel Adeyemi|Groundwater, WaterWell Partners|Ibadan, Nigeria|hydro
Hannah Vogel|Flood insurance, Rhein Rück|Cologne, Germany|risk
Kenji Watanabe|River engineering, Tone Works|Tokyo, Japan|flood
Fatima El Amrani|Irrigation policy, Oasis Council|Marrakesh, Morocco|policy
Oliver Grant|Gauge networks, Severn Board|Worcester, United Kingdom|hydro
Leilani Kahale|Coastal resilience, Pacific Commons|Honolulu, United States|ecology
Mateus Oliveira|Amazon flows, Rio Negro Station|Manaus, Brazil|hydro
Sofia Papadopoulou|Urban drainage, City of Thessaloniki|Thessaloniki, Greece|flood
Yusuf Demir|Dams and their ageing, Anadolu Engineering|Ankara, Türkiye|utility
Chloé Lambert|Science reporter, Le Courant|Lyon, France|press
Anders Holm|Open data, Nordic Water Exchange|Copenhagen, Denmark|data
Nadia Petrova|Permafrost, Yakutsk Field School|Tbilisi, Georgia|climate
Daniel Cohen|Desalination, Negev Water|Haifa, Israel|utility
Mei-Ling Tan|Stormwater, PUB Living Lab|Singapore|utility
Thandiwe Dlamini|Catchment management, uMngeni Trust|Durban, South Africa|policy
Lars Berg|Hydropower planning, Fjordkraft|Bergen, Norway|utility
Aiko Mori|Landslides and rain, Kansai University|Kyoto, Japan|climate
Gabriela Núñez|Glacier lakes, Andes Watch|Huaraz, Peru|climate
Patrick Byrne|Water law, Byrne & Daughters|Galway, Ireland|policy
Zsófia Kovács|Danube sediments, Budapest Technical|Budapest, Hungary|hydro
Rahul Mehta|Machine learning for rivers, Streamline|Bengaluru, India|data
Ingrid Haugen|Avalanche warning, Nordland Office|Bodø, Norway|flood
Carlos Mendoza|Aquifers, Universidad del Valle|Guadalajara, Mexico|hydro
Aisha Rahman|Delta communities, Char Forum|Khulna, Bangladesh|policy
Jonas Weber|Instruments, Pegel & Sohn|Vienna, Austria|hydro
Olena Shevchenko|Rebuilding water works, Dnipro Fund|Kyiv, Ukraine|utility
Marco Bianchi|Alpine rivers, Politecnico di Torino|Turin, Italy|hydro
Grace Mwangi|Drought early warning, Horn Network|Nairobi, Kenya|climate
Noah Tremblay|Ice jams, Saint-Laurent Centre|Québec, Canada|flood
Hana Nováková|Wetlands, Czech River Alliance|Brno, Czechia|ecology
Ahmed Farouk|Nile accounting, Basin Desk|Cairo, Egypt|policy
Emma Lindqvist|Hydrology student, Uppsala University|Uppsala, Sweden|hydro
Luca Moretti|Data journalist, The Open Hydrograph|Bologna, Italy|press
Isabel Duarte|Fish passes, Douro Lab|Vila Real, Portugal|ecology
Minh Nguyen|Mekong salinity, Can Tho Centre|Can Tho, Vietnam|hydro
Rebecca Stone|River restoration, Stone & Reed|Leeds, United Kingdom|ecology
Tariq Aziz|Canal automation, Indus Works|Lahore, Pakistan|utility
Katarzyna Nowak|Flood history, University of Wrocław|Wrocław, Poland|flood
David Osei|Rain gauges for schools, Volta Club|Accra, Ghana|data
Marie-Claire Dubois|Groundwater law, Cour des eaux|Brussels, Belgium|policy
Santiago Herrera|Satellite soil moisture, Pampa Remote|Córdoba, Argentina|satellite
Eleni Georgiou|Island water, Cyclades Union|Syros, Greece|utility
Hyun-woo Park|Radar rainfall, Han River Centre|Seoul, South Korea|satellite
Ruth Abraham|Water and health, Kerala Clinics|Kochi, India|policy
Felix Baumann|Recruiting engineers, Aquapeople|Zürich, Switzerland|recruiter
Sarah Goldberg|In-house recruiter, Streamline|Toronto, Canada|recruiter
Nikolai Ivanov|Lake chemistry, Ohrid Station|Ohrid, North Macedonia|ecology
Pilar Gómez|Small dams, Ebro Confederation|Zaragoza, Spain|utility
Sione Tupou|Rainwater harvesting, Tonga Water Board|Nukuʻalofa, Tonga|utility
Wojciech Zieliński-Lewandowski|Hydrodynamic modelling of lowland rivers and their floodplains, Vistula Institute|Warsaw, Poland|flood
"""


@dataclass(frozen=True)
class Person:
    """A line of the crowd."""

    first_name: str
    last_name: str
    headline: str
    place: str
    field: str

    @property
    def slug(self) -> str:
        return self.first_name.split("-")[0].lower()


def read(line: str) -> Person:
    name, headline, place, field = line.split("|")
    first, _space, last = name.partition(" ")
    return Person(first, last, headline, place, field)


INES = Person("Ines", "Moreau", "Hydrologist, River Authority", "Lyon, France", "hydro")
EVERYBODY = [INES, *(read(line) for line in CROWD.strip().splitlines())]

SKILLS = {
    "hydro": ["Hydrology", "Field work", "Gauge calibration", "R", "Groundwater", "Report writing"],
    "flood": ["Flood modelling", "Calibration", "HEC-RAS", "Python", "Early warning", "GIS"],
    "climate": ["Climate data", "Statistics", "Snow and ice", "Python", "Teaching"],
    "press": ["Editing", "Interviewing", "Data journalism", "Fact checking"],
    "utility": ["Operations", "Asset management", "Hydraulics", "Project management", "Safety"],
    "ecology": ["River ecology", "Restoration", "Field work", "Community work", "GIS"],
    "satellite": ["Remote sensing", "Python", "Radar", "GIS", "Time series"],
    "risk": ["Risk modelling", "Statistics", "Insurance", "Negotiation"],
    "policy": ["Water law", "Policy", "Negotiation", "Public speaking", "Report writing"],
    "data": ["Open data", "Python", "Machine learning", "APIs", "Teaching"],
    "recruiter": ["Recruiting", "Interviewing", "Career advice"],
}
INTERESTS = [
    "Low-water seasons", "Old maps", "Canoeing", "Choir", "Open science", "Birds", "Bread", "Bridges", "Night trains",
    "Chess", "Mentoring", "Gardens", "Cycling", "Weather diaries", "Film photography", "Swimming in cold lakes",
]  # fmt: skip
FORMER = {
    "hydro": ["Bureau of Rivers", "Catchment Survey", "Pegel & Sohn", "Regional Water Office"],
    "flood": ["Delta Works", "Dyke Office", "Institute for Flood Research", "Ministry of Infrastructure"],
    "climate": ["Meteorological Service", "Polar Year Office", "Institute of Geophysics"],
    "press": ["Regional Daily", "Public Radio", "Science Weekly"],
    "utility": ["City Water Works", "Power and Light", "Harbour Authority"],
    "ecology": ["River Trust", "National Park Service", "Museum of Natural History"],
    "satellite": ["Space Agency", "Mapping Bureau", "Earth Data Company"],
    "risk": ["Mutual Insurance", "Federal Statistics Office"],
    "policy": ["Ministry of the Environment", "Water Tribunal", "Commission for Shared Rivers"],
    "data": ["Statistics Office", "Open Maps Group", "University Computing Centre"],
    "recruiter": ["Staff & Partners", "Career Office"],
}
SCHOOLS = [
    "University of Michigan", "Uppsala University", "École des Ponts", "ETH Zürich", "TU Delft", "University of Ibadan",
    "Universidad de Antioquia", "Warsaw University of Technology", "IIT Roorkee", "Kyoto University",
]  # fmt: skip
DEGREES = ["MSc Hydrology", "BSc Geography", "MEng Civil Engineering", "PhD Environmental Science", "MA Journalism"]
LANGUAGES = {
    "France": "French", "Poland": "Polish", "Nigeria": "Yoruba", "Sweden": "Swedish", "Colombia": "Spanish",
    "China": "Mandarin", "Portugal": "Portuguese", "India": "Hindi", "Germany": "German", "Japan": "Japanese",
    "Morocco": "Arabic", "Brazil": "Portuguese", "Greece": "Greek", "Türkiye": "Turkish", "Denmark": "Danish",
    "Norway": "Norwegian", "Peru": "Spanish", "Hungary": "Hungarian", "Mexico": "Spanish", "Italy": "Italian",
    "Kenya": "Swahili", "Canada": "French", "Czechia": "Czech", "Egypt": "Arabic", "Argentina": "Spanish",
    "Austria": "German", "Ukraine": "Ukrainian", "Vietnam": "Vietnamese", "Spain": "Spanish", "Switzerland": "German",
}  # fmt: skip
ABOUT = {
    "Ines": (
        "I work on how rivers behave when there is little water in them: measuring it, agreeing about it, and "
        "explaining it to people who have to share it. Eleven years of low-water seasons on the Rhône and the Saône.\n\n"
        "Before that a winter in Prof. Lang's lab in Michigan, which taught me to distrust every gauge at least once."
    ),
    "Tomasz": (
        "I build flood models that people downstream can check. Our calibration sets are open, warts and all. "
        "Ask me about anything that overflows."
    ),
    "Amara": (
        "I edit The Open Hydrograph, where people who measure water write for people who live next to it. "
        "Pitches are welcome, in plain words."
    ),
    "Lina": "Snow is water that waits. I measure how long.",
    "Bill": "Keeping lakes where they belong. Michigan, class of 2010.",
}
