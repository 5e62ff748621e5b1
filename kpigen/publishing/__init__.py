"""Publishing: what of the results may be seen, and by whom; pay that only its owner can open."""
