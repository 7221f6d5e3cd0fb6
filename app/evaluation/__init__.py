"""The arithmetic of a programme's figures and answers: counts in, figures out, small groups unseen."""
