"""What the command understands and says: arguments, help, output."""
