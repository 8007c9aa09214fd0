extension Rule {
  /// Every rule, in order of code.
  package static let all: [Rule] = [
    .unreachableStep, .noWayToAnEnd, .outcomeWithoutTarget, .outcomeThatCannotHappen, .gatewayWithoutOtherwise,
    .branchAfterOtherwise, .branchNeverTaken, .forkOfOne, .joinOfNoFork, .twoJoins, .joinOutsideItsFork,
    .joinOfTooMany, .joinThatMayStarve, .twoFramePaths, .leaveOfAnotherFork, .outcomeInsideFork, .forkStraightToJoin,
    .branchesToOneStep, .endlessCycle, .hastyCycle, .soundnessUndecided, .tableWithoutLastRow,
    .sensitiveUnsealed, .typeMistake,
    .conditionNotBool, .unknownVariable, .setOfUnknownVariable, .setOfAnotherType, .unknownInputField, .absentField,
    .unknownStepInExpression, .stepNotOnEveryWay, .resultThatMayBeMissing, .resultWhereNoneIs, .nowInShow,
    .unknownSetting, .secretMisused, .unknownSecret, .variableNeverSet, .variableReadTooEarly, .unusedVariable,
    .prefillOfUnknownField, .prefillOfAnotherType, .peopleExpression, .momentExpression, .aboutNobody, .eachOfNoList,
    .sensitiveRead, .unknownPerson,
    .unknownRole, .roleWithoutMembers, .nobodyIsAsked, .nobodyLeftToApprove, .requireTooMany, .noManager,
    .excludedEverybody, .doneByOfNoWork, .doneByNotOnEveryWay, .nobodyMayStart, .noOwner, .ownerNobody,
    .separationLoosened, .earlierDecidersAreAll, .unknownCalendar, .businessTimeWithoutCalendar, .unknownChannel,
    .nobodyIsTold, .ownersOfPaths, .unknownService, .unknownCommand, .unknownParameter, .retryOfUnknownEffect,
    .errorsNotCaught,
    .secretInClearText, .urlWithoutScheme, .urlFromOutside, .unknownErrorCode, .errorRouteNeverTaken, .unknownJobType,
    .expressionAsText,
    .approvalWithoutEnd, .shownThenChanged, .expiresBeforeDue, .escalationTooLate, .momentBackInHours, .twoWriters,
    .writerAndReader, .unknownEvent, .eventThatNobodySends, .eventThatNobodyAwaits, .eventDeclaredOtherwise,
    .callOfNoWorkflow, .callOutcomeWithoutTarget, .callInput, .migrationPastApproval, .migrationOntoJoin,
    .migrationSaidTwice, .migrationPastNoApproval, .migrationOfUnknownVariable, .migrationOfAnotherType,
    .renamedFromLiving,
  ]
}
