@testable import Sandbox

/// Small files of the shape that an import reads; the people are invented.
enum ImportSample {
  static let teams = """
    sales_agent,manager,regional_office\r
    Ada Quist,Bruno Thorne,Harbour\r
    Carla van Dorn,Bruno Thorne,Harbour\r
    Ada Quíst,Edda Varga,Hill\r

    """

  /// The subsidiary stands before its parent, and the columns are in another order.
  static let accounts = """
    subsidiary_of,account,sector,year_established,revenue,employees,office_location,remark
    Kestrel,"Marlow, Sons",technolgy,1996,1100.04,2822,Norway,new
    ,Kestrel,insurance,,718.62,,,
    """

  static let pipeline = """
    opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value,\
    engage_quarter,close_quarter
    1C1I7A6R,Ada Quist,GTX Basic,Kestrel,Won,20-10-16,01-03-17,1054.50,Q4 2016,Q1 2017
    Z063OYW0,Carla van Dorn,GTXPro,"Marlow, Sons",Lost,25-10-16,11-03-17,0,Q4 2016,Q1 2017
    EC4QE1BX,Carla van Dorn,GTXPro,,Engaging,25-10-16,,,Q4 2016,
    MV1LWRNH,Ada Quist,,Kestrel,Prospecting,,,,,
    """

  static let people = """
    Dario,Eklund,Lumen Works,6 Mill Lane,Salem,Essex,MA,8014,555-0110,555-0111,dario@lumen.example
    Falk,Gallo,Kestrel,7 Elm Avenue,Boise,Ada,ID,83702,555-0112,555-0113,falk@kestrel.example
    ,Hagen,,,,,,,,,
    Ines,Moreau,Nowhere,,,,,,,,ines@nowhere.example
    """

  static let files: [ImportFile: String] = [
    .teams: teams, .accounts: accounts, .pipeline: pipeline, .people: people,
  ]

  /// The organisation of the given files.
  static func organisation(_ files: [ImportFile: String] = files) throws(ImportError)
    -> ImportedOrganisation
  {
    try ImportedOrganisation(files: files.mapValues { Array($0.utf8) })
  }

  /// What is wrong with the sample where one file is another.
  static func problems(_ file: ImportFile, _ text: String) -> [String] {
    do throws(ImportError) {
      _ = try organisation(files.merging([file: text]) { _, new in new })
      return []
    } catch {
      guard case .problems(let problems) = error else { return [] }
      return problems.map(\.description)
    }
  }
}
