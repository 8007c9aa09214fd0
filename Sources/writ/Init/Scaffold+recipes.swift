/// Recipes for forges: check on a pull request, deploy on merge. `docs/forges.md` tells more.
extension Scaffold {
  var gitHub: String {
    """
    # Checks every pull request, and deploys what is merged.
    # The runner needs 'writ' in its PATH; the deploy job runs where the record is: on your own machine (self-hosted).
    name: writ
    on:
      pull_request:
      push: {branches: [\(QuotedYAML.text(branch))]}
    permissions: {contents: read, pull-requests: write}
    jobs:
      check:
        runs-on: self-hosted
        steps:
          - uses: actions/checkout@v4
            with: {fetch-depth: 0}
          - name: Findings, at their lines
            run: writ check --format github
          - name: What it changes, on the page of the run
            if: github.event_name == 'pull_request' && !cancelled()
            run: |
              # What it does to the instances that run, where the record can be read.
              writ check --base "origin/$GITHUB_BASE_REF" ${WRIT_REPOSITORY:+--state "$WRIT_REPOSITORY/state"} \\
                --format markdown > "$RUNNER_TEMP/writ.md" || true
              cat "$RUNNER_TEMP/writ.md" >> "$GITHUB_STEP_SUMMARY"
            env: {WRIT_REPOSITORY: "${{ vars.WRIT_REPOSITORY }}"}
          - name: The same as a comment, where gh is installed
            if: github.event_name == 'pull_request' && !cancelled()
            continue-on-error: true   # a pull request of a fork may not comment
            run: |
              command -v gh || exit 0
              gh pr comment "$NUMBER" --edit-last --create-if-none --body-file "$RUNNER_TEMP/writ.md"
            env: {NUMBER: "${{ github.event.number }}", GH_TOKEN: "${{ github.token }}"}
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
      variables: {GIT_DEPTH: "0"}
      script:
        # The widget of the merge request, the page of tests, and what a merge would change.
        - writ check --format gitlab > gl-code-quality-report.json || failed=1
        - writ check --format junit > writ-junit.xml || failed=1
        - >-
          writ check --base "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-HEAD}"
          ${WRIT_REPOSITORY:+--state "$WRIT_REPOSITORY/state"} --format markdown > writ.md || failed=1
        - cat writ.md
        - test -z "$failed"
      artifacts:
        when: always
        expose_as: What it changes
        paths: [writ.md]
        reports: {codequality: gl-code-quality-report.json, junit: writ-junit.xml}

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
