"""What the program asks of the operating system beyond Qt. Each question may go unanswered; nothing depends on it."""
