// WorkflowServer
