// WorkflowRunner
