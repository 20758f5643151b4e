"""What the demonstration city is made of: invented people, places, texts, and the rates they come at.

Pure Python and text; no Django. What builds the city from it stands beside, in the demo.
"""
