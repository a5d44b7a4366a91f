"""Rules for places: postal addresses, streets and saints, states and provinces."""
