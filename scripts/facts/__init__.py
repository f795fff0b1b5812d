"""What the YAML files say, and what follows from it. Nothing here knows of markup."""
