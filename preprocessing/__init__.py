"""From the bytes of a file to named leads and their preprocessing stages. NumPy in, NumPy out."""
