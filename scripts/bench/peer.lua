-- Many articles in one pandoc: pandoc lua peer.lua OUT, with the path of a source on each line of standard input
-- (`pandoc lua` 3.9 crashes on a hundred arguments).
-- Writes what `pandoc --standalone` writes: OUT/NAME.typ, .docx, .epub and .txt.

local out = arg[1]
local formats = { typst = "typ", docx = "docx", epub = "epub", plain = "txt" }

local options = {}
for format in pairs(formats) do
  options[format] = pandoc.WriterOptions { template = pandoc.template.compile(pandoc.template.default(format)) }
end

for path in io.lines() do
  local source = io.open(path, "rb")
  local article = pandoc.read(source:read("a"), "markdown")
  source:close()
  local name = pandoc.path.split_extension(pandoc.path.filename(path))
  for format, suffix in pairs(formats) do
    local target = io.open(pandoc.path.join { out, name .. "." .. suffix }, "wb")
    target:write(pandoc.write(article, format, options[format]))
    target:close()
  end
end
