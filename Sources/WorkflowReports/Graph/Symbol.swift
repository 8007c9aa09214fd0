/// Small line drawings on a grid of 16 by 16, drawn with the current stroke.
enum Symbol {
  static func path(for kind: Graph.Kind) -> Markup {
    switch kind {
    case .start, .end: Markup()
    case .task: .raw("<path d=\"M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14c.4-3 2.6-4.5 5.5-4.5s5.1 1.5 5.5 4.5\"/>")
    case .approval:
      .raw("<path d=\"M8 1.5l5.5 2v4.2c0 3.3-2.3 5.6-5.5 6.8-3.2-1.2-5.5-3.5-5.5-6.8V3.5ZM5.5 8l1.9 1.9L10.7 6.3\"/>")
    case .service:
      .raw(
        "<path d=\"M8 10.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM8 1.5v2.2M8 12.3v2.2M1.5 8h2.2M12.3 8h2.2M3.4 3.4l1.6 1.6M11 11l1.6 1.6M12.6 3.4 11 5M5 11l-1.6 1.6\"/>"
      )
    case .wait: .raw("<path d=\"M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 4.5V8l2.5 1.7\"/>")
    case .notification: .raw("<path d=\"M1.8 3.5h12.4v9H1.8ZM2 4l6 4.8L14 4\"/>")
    case .call: .raw("<path d=\"M6 2H2v12h12v-4M9 2h5v5M14 2 7 9\"/>")
    case .table: .raw("<path d=\"M1.8 2.5h12.4v11H1.8ZM1.8 6.2h12.4M1.8 9.8h12.4M6.5 2.5v11\"/>")
    case .state: .raw("<path d=\"M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z\"/>")
    case .gateway(.exclusive): .raw("<path d=\"M3.5 3.5l9 9M12.5 3.5l-9 9\"/>")
    case .gateway(.inclusive): .raw("<circle cx=\"8\" cy=\"8\" r=\"5.5\"/>")
    case .gateway(.parallel): .raw("<path d=\"M8 1.5v13M1.5 8h13\"/>")
    case .join: .raw("<path d=\"M2.5 2.5 8 8l5.5-5.5M8 8v6.5\"/>")
    }
  }

  static func path(for mark: Graph.Mark) -> Markup {
    switch mark {
    case .none: Markup()
    case .active: .raw("<circle cx=\"8\" cy=\"8\" r=\"2.5\"/>")
    case .done: .raw("<path d=\"M4 8.3l2.8 2.7L12 5.3\"/>")
    case .failed: .raw("<path d=\"M8 3.5v5.5M8 12v.5\"/>")
    case .added: .raw("<path d=\"M8 3.8v8.4M3.8 8h8.4\"/>")
    case .removed: .raw("<path d=\"M3.8 8h8.4\"/>")
    case .changed: .raw("<path d=\"M3.5 9.2c1.5-3 3-3 4.5-1.2s3 1.8 4.5-1.2\"/>")
    case .unreachable: .raw("<path d=\"M4.5 4.5l7 7M11.5 4.5l-7 7\"/>")
    }
  }

  static func path(for kind: Graph.EdgeKind) -> Markup {
    switch kind {
    case .normal, .otherwise: Markup()
    case .error: .raw("<path d=\"M9.5 2.5 5.5 8.5h5L6.5 13.5\"/>")
    case .escalation: .raw("<path d=\"M8 13V3.5M4 7.5l4-4 4 4\"/>")
    }
  }
}
