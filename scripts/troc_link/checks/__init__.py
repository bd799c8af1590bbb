"""What doctor looks at: on either end, on the network's, on the books'."""
