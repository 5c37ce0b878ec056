"""Settings, middleware, installation and the demo."""
