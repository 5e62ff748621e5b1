"""Reading: bytes of a YAML file to located nodes, and located nodes to typed values, or to findings."""
