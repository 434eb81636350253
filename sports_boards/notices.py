"""What people are told of boards, programmes and sessions."""
