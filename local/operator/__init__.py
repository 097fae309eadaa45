"""What an operator does at a terminal with a deployed stack, by their own AWS credentials."""
