"""What Glance needs on Windows beyond what its releases have. Each repair is a function with `@fix`."""
