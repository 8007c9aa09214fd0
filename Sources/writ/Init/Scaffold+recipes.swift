/// Recipes for forges: check on a pull request, deploy on merge.
extension Scaffold {
  var gitHub: String {
    """
    # Checks every pull request, and deploys what is merged.
    # The runner needs 'writ' in its PATH; the deploy job runs where the record is: on your own machine (self-hosted).
    name: writ
    on:
      pull_request:
      push: {branches: [\(QuotedYAML.text(branch))]}
    permissions: {contents: read}
    jobs:
      check:
        runs-on: self-hosted
        steps:
          - uses: actions/checkout@v4
            with: {fetch-depth: 0}
          - run: writ check --format github
          # What it does to the instances that run, on the page of the pull request's checks.
          - if: github.event_name == 'pull_request'
            run: >-
              writ check --base "origin/$BASE" ${WRIT_REPOSITORY:+--state "$WRIT_REPOSITORY/state"}
              --format markdown >> "$GITHUB_STEP_SUMMARY"
            env: {BASE: "${{ github.base_ref }}", WRIT_REPOSITORY: "${{ vars.WRIT_REPOSITORY }}"}
      deploy:
        if: github.event_name == 'push'
        needs: check
        runs-on: self-hosted
        steps:
          # The server's own repository, beside its record; set the variable in the repository's settings.
          - run: git -C "$WRIT_REPOSITORY" pull --ff-only && writ deploy -C "$WRIT_REPOSITORY"
            env: {WRIT_REPOSITORY: "${{ vars.WRIT_REPOSITORY }}"}

    """
  }

  var gitLab: String {
    """
    # Checks every merge request, and deploys what is merged.
    # The runner needs 'writ' in its PATH; the deploy job runs where the record is: on a runner of your own, tagged 'writ'.
    writ check:
      rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      variables: {GIT_DEPTH: 0}
      script:
        - writ check --format gitlab > gl-code-quality-report.json
        # What it does to the instances that run; kept beside the report.
        - >-
          test -z "$CI_MERGE_REQUEST_DIFF_BASE_SHA" || writ check --base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
          ${WRIT_REPOSITORY:+--state "$WRIT_REPOSITORY/state"} --format markdown > writ-impact.md
      artifacts:
        paths: [writ-impact.md]
        when: always
        reports: {codequality: gl-code-quality-report.json}

    writ deploy:
      rules:
        - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      tags: [writ]
      script:
        # The server's own repository, beside its record; set the variable in the project's settings.
        - git -C "$WRIT_REPOSITORY" pull --ff-only
        - writ deploy -C "$WRIT_REPOSITORY"

    """
  }
}

/// Text from outside as a YAML scalar.
enum QuotedYAML {
  static func text(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " ._@/-".unicodeScalars.contains(scalar)
      }
    guard !isPlain || text.hasSuffix(" ") else { return text }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ") + "\""
  }
}
