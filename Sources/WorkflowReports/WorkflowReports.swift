// WorkflowReports
