"""The assessment: started, written, authorised by somebody else, ended in a decision."""
