"""The laptop's inbox: what the human agents would find on their phones and in their mail."""
