"""RED-Net image restoration: a torch library and its command line. Knows nothing of Qt."""
