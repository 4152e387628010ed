"""Pages as they looked when somebody last looked at them.

    goldens      a small picture of each page of the sample articles, in every theme
    likeness     whether two pictures of a page look the same
    pages        the pages as they are drawn now

``make goldens`` draws them anew. They are for the eye: look at what has changed before it is committed.
"""
