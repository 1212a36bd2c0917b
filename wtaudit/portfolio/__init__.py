"""Many partnerships in one run: who they are, judging them side by side, and the matrix of requirements and partnerships."""
