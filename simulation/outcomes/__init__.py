"""What is measured on a history: the tables, their columns, and the words for them."""
