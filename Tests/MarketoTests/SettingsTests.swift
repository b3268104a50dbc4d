import Model
import Testing
import Transport

@testable import Marketo

@Suite struct SettingsTests {
  @Test func `an address without encryption is allowed on loopback alone`() throws {
    #expect(throws: AddressRefused.self) {
      try MarketoSettings(url: "http://123-abc-456.mktorest.com", clientID: "", secret: Secret(""))
    }
    let local = try MarketoSettings(
      url: "http://127.0.0.1:8099/", clientID: "", secret: Secret(""))
    #expect(local.address.text == "http://127.0.0.1:8099")
    #expect(local.organisation == "127.0.0.1")
  }

  @Test func `the address may end as Marketo's screens show it`() throws {
    let settings = try MarketoSettings(
      url: "https://123-ABC-456.mktorest.com/rest", clientID: "", secret: Secret(""))
    #expect(settings.address.text == "https://123-abc-456.mktorest.com")
    #expect(settings.organisation == "123-ABC-456")
  }

  @Test func `two runs on end stay within the subscription's limits`() {
    let share = MarketoSettings.RateShare()
    #expect(share.calls * 2 <= 100)
    #expect(share.atOnce * 2 <= 10)
  }
}
