/// Where the parts of a record lie in its folder.
struct StoreLayout {
  /// The folder that people look at, `state/`.
  let folder: String

  var git: String { folder + "/.git" }
  var objects: String { git + "/objects" }
  var packs: String { objects + "/pack" }
  var heads: String { git + "/refs/heads" }
  var foreignRefs: String { git + "/refs/writ/foreign" }
  /// What the runner keeps beside the repository.
  var own: String { git + "/writ" }
  var lock: String { own + "/lock" }
  var address: String { own + "/address" }
  var token: String { own + "/token" }
  var rememberedTip: String { own + "/head" }
  /// One a line, in hex.
  var privateKeys: String { own + "/keys" }
  var checkpoint: String { own + "/checkpoint" }
  /// Where files go that are not whole. Nothing is ever deleted from here.
  var aside: String { own + "/aside" }
  var gcGuard: String { git + "/gc.pid" }

  func pack(_ name: String) -> String { "\(packs)/\(name).pack" }
  func index(_ name: String) -> String { "\(packs)/\(name).idx" }

  /// The ref that the record is.
  static let ref = "refs/heads/state"
}
