/// The invented words that sample rows are made of.
enum SampleWords {
  static let firstNames = [
    "Ada", "Bruno", "Carla", "Dario", "Edda", "Falk", "Greta", "Hanno", "Ines", "Jonas", "Kaja",
    "Levi", "Mira", "Nuno", "Oona", "Pavel", "Quirin", "Rosa", "Sven", "Tilda", "Ugo", "Vera",
    "Wanda", "Xaver", "Yara", "Zeno", "Alma", "Bela", "Cosima", "Denis",
  ]
  static let lastNames = [
    "Abelson", "Brandt", "Castell", "Dorn", "Eklund", "Farkas", "Gallo", "Hagen", "Ivanic",
    "Jansen", "Kessler", "Lindqvist", "Moreau", "Novak", "Ottesen", "Pereira", "Quist", "Rossi",
    "Sandor", "Thorne", "Ullmann", "Varga", "Weber", "Ximenes", "Ylitalo", "Zander", "Aalto",
    "Bergman", "Conti", "Duarte", "O'Neil", "Müller",
  ]
  static let titles = [
    "Head of Purchasing", "Plant Manager", "Marketing Lead", "Operations Director", "Controller",
    "Service Technician", "Chief Engineer", "Office Manager", "Sales Coordinator", "Researcher",
  ]
  static let companyFirst = [
    "Kestrel", "Marlow", "Juniper", "Halden", "Orbis", "Tamarack", "Veldt", "Lumen", "Corvid",
    "Pinewood",
  ]
  static let companySecond = ["Works", "Logistics", "Foods", "Systems", "Textiles", "Energy"]
  static let streets = ["Mill Lane", "Station Road", "Harbour Street", "Elm Avenue", "Canal Walk"]
  /// City, state or province, country, postal code.
  static let places: [(city: String, state: String, country: String, code: String)] = [
    ("Lindau", "Bavaria", "Germany", "88131"), ("Porto", "Norte", "Portugal", "4000-012"),
    ("Turku", "Southwest Finland", "Finland", "20100"),
    ("Boise", "Idaho", "United States", "83702"),
    ("Aarhus", "Midtjylland", "Denmark", "8000"),
    ("Leeds", "Yorkshire", "United Kingdom", "LS1 4DY"),
    ("Graz", "Styria", "Austria", "8010"), ("Salem", "Massachusetts", "United States", "01970"),
  ]
  static let products = ["Annual contract", "Pilot", "Renewal", "Extension", "Support plan"]
  /// The steps of a sale, in their order.
  static let steps = ["1-Qualify", "2-Develop", "3-Propose", "4-Close"]
  static let notes = [
    "Asked for the catalogue.", "Met at the spring fair.", "Prefers mail over calls.",
    "Renewal is due in autumn.",
  ]
}
