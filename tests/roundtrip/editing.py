"""Edits a document in LibreOffice as a person would; run by the Python that has ``uno`` (Debian: python3-uno).

``editing.py SOURCE TARGET PROFILE``: replaces a word, splits a paragraph, leaves a comment, and replaces another
word with changes being tracked; saves as DOCX.
"""

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "exporter-roundtrip"
WORD, NEW_WORD = "sense", "meaning"
TRACKED, NEW_TRACKED = "keeps", "holds"
SPLIT_BEFORE = "Nobody remembers"
COMMENTED = "What is compared"


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(office):
    context = uno.getComponentContext()
    make = context.ServiceManager.createInstanceWithContext
    resolver = make("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if office.poll() is not None:
                break
            time.sleep(0.25)
    sys.exit("LibreOffice did not start.")


def find(document, text):
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = text, True
    found = document.findFirst(search)
    if found is None:
        sys.exit(f"The document does not say '{text}'.")
    return found


def edit(document):
    find(document, WORD).String = NEW_WORD
    at = find(document, SPLIT_BEFORE)
    at.Text.insertControlCharacter(at.Start, 0, False)
    note = document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author, note.Content = "An editor", "Is this so?"
    at = find(document, COMMENTED)
    at.Text.insertTextContent(at.Start, note, False)
    document.RecordChanges = True
    find(document, TRACKED).String = NEW_TRACKED
    document.RecordChanges = False


def main(source, target, profile):
    arguments = ["--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}"]
    office = subprocess.Popen(["soffice", *arguments, f"--accept=pipe,name={PIPE};urp;"])
    context = connect(office)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (option("Hidden", True),))
    edit(document)
    document.storeToURL(Path(target).as_uri(), (option("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    desktop.terminate()
    office.wait(60)


main(*sys.argv[1:])
