"""Pure algorithms: values in, frozen dataclasses out. No Django, network or clock."""
