"""What one does with a case: one verb a file, a case in and a frozen result out."""
