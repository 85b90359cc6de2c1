"""What a class has on paper: a worksheet for pupils and a page for the teacher, two sheets each."""
