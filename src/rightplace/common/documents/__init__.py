"""What is attached: taken in by what it is and not by its name, cleaned, sealed in the database.

Which file an attachment belongs to, and who may open it, is the service's to say; letters and reports come here later.
"""
