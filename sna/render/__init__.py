"""What people open: self-contained pages, made from what an audience may see."""
