"""The demonstration: a network, its story and a readable account, over RPC."""
