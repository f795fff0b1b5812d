"""What is made of the facts. Nothing here judges them; all markup is in templates/."""
