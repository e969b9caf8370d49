"""The sentences of a file that cannot be read, and of what was noticed while reading it."""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

EMPTY = ProblemKind(
    "file.empty",
    "文件是空的。",
    "The file is empty.",
    "请重新导出后再上传。",
    "Export it again and upload the new file.",
)
TOO_BIG = ProblemKind(
    "file.too_big",
    "文件有 {bytes} 字节，超过上限 {limit} 字节。",
    "The file has {bytes} bytes; the limit is {limit}.",
    "请按月份或客户拆成几个文件。",
    "Split it by month or by customer.",
)
NOT_A_TABLE = ProblemKind(
    "file.not_a_table",
    "这是{what}，不是表格文件。",
    "This is {what_en}, not a table.",
    "请另存为 CSV 或 XLSX 后再上传。",
    "Save it as CSV or XLSX and upload that.",
)
ARCHIVE = ProblemKind(
    "file.archive",
    "这是压缩包，不是表格文件。",
    "This is an archive, not a table.",
    "请先解压，再上传里面的表格。",
    "Unpack it and upload the table inside.",
)
PASSWORD = ProblemKind(
    "file.password",
    "文件有打开密码，无法读取。",
    "The file is protected by a password.",
    "请在 Excel 中取消密码后另存，再上传。",
    "Remove the password in Excel, save, and upload again.",
)
BROKEN = ProblemKind(
    "file.broken",
    "{format} 文件已损坏，无法打开：{reason}",
    "The {format} file is damaged and cannot be opened: {reason}",
    "请用 Excel 打开并另存为新的 XLSX，或重新导出。",
    "Open it in Excel and save a new XLSX, or export it again.",
)
ARCHIVE_BOMB = ProblemKind(
    "file.zip_bomb",
    "文件解压后过大（{reason_zh}），为保护系统已拒绝打开。",
    "The file expands too much ({reason_en}); it was refused before opening.",
    "如果确是真实数据，请另存为 CSV 后再上传。",
    "If the data is real, save it as CSV and upload that.",
)
TOO_MANY_COLUMNS = ProblemKind(
    "file.too_many_columns",
    "表格有 {columns} 列，超过上限 {limit} 列。",
    "The table has {columns} columns; the limit is {limit}.",
    "请只保留需要的列（客户、单据号、日期、金额等）后再上传。",
    "Keep the needed columns (debtor, document, dates, amount) and upload again.",
)
TOO_MANY_ROWS = ProblemKind(
    "file.too_many_rows",
    "表格超过 {limit} 行。",
    "The table has more than {limit} rows.",
    "请拆成几个文件后分别上传。",
    "Split it into several files.",
)
UNKNOWN_ENCODING = ProblemKind(
    "file.encoding",
    "无法判断文件的文字编码。",
    "The text encoding of the file cannot be told.",
    "请另存为 UTF-8 编码的 CSV 或 XLSX 后再上传。",
    "Save it as CSV in UTF-8, or as XLSX.",
)
BINARY = ProblemKind(
    "file.binary",
    "文件内容不是文字，也不是可识别的表格。",
    "The content is neither text nor a known kind of table.",
    "请上传 CSV、TSV、XLSX、XLS 或 ODS 文件。",
    "Upload CSV, TSV, XLSX, XLS or ODS.",
)
NO_SHEET = ProblemKind(
    "file.no_sheet",
    "工作簿里没有任何有内容的工作表。",
    "The workbook has no sheet with content.",
    "请检查是否导出了空表。",
    "Check whether an empty sheet was exported.",
)
NO_SUCH_SHEET = ProblemKind(
    "file.no_such_sheet",
    "没有名为“{sheet}”的工作表。",
    "There is no sheet named “{sheet}”.",
    "可选的工作表：{sheets}",
    "Sheets to choose from: {sheets}",
)
NO_HEADER = ProblemKind(
    "header.missing",
    "没有找到表头：前 {rows} 行里没有一行像列名。",
    "No header row found in the first {rows} rows.",
    "请确认表格有一行列名，例如：客户名称、发票号、单据日期、到期日、金额。",
    "Make sure that one row names the columns, e.g. customer, invoice number, invoice date, due date, amount.",
)
NO_ROWS = ProblemKind(
    "file.only_header",
    "文件只有表头，没有数据行。",
    "The file has a header and no rows.",
    "请检查导出条件（日期、客户范围）后重新导出。",
    "Check the export filter (dates, customers) and export again.",
)
LOSSY_ENCODING = ProblemKind(
    "read.lossy",
    "文件按 {encoding} 读取时有 {count} 处字节无法识别，已显示为 �。",
    "Reading the file as {encoding} left {count} places unreadable, shown as �.",
    "含有 � 的单元格会暂存；如果很多，请另存为 UTF-8 再上传。",
    "Cells with � are staged; if there are many, save the file as UTF-8.",
)
HIDDEN_ROWS = ProblemKind(
    "read.hidden_rows",
    "工作表“{sheet}”有 {count} 行在 Excel 中是隐藏的（第 {lines} 行），已照常读取。",
    "Sheet “{sheet}” has {count} hidden rows (line {lines}); they were read like the others.",
    "如果隐藏行不应导入，请先删除再上传。",
    "If hidden rows should stay out, delete them and upload again.",
)
FORMULAS_WITHOUT_VALUE = ProblemKind(
    "read.formula_without_value",
    "工作表“{sheet}”有 {count} 个公式没有保存计算结果（如 {cell}）。",
    "Sheet “{sheet}” has {count} formulas without a saved result (e.g. {cell}).",
    "请用 Excel 打开并保存一次，再上传。",
    "Open the file in Excel, save it once and upload again.",
)
MERGED = ProblemKind(
    "read.merged",
    "工作表“{sheet}”有 {count} 处上下合并的单元格，已把内容填到每一行。",
    "Sheet “{sheet}” has {count} cells merged downwards; their content was filled into each row.",
    "请核对预览。",
    "Check the preview.",
)
NUL_BYTES = ProblemKind(
    "read.nul",
    "文件含有 {count} 个空字符（NUL），已显示为 ␀。",
    "The file contains {count} NUL characters, shown as ␀.",
    "相关单元格会暂存，请核对。",
    "Cells with them are staged; check them.",
)
OTHER_SHEETS = ProblemKind(
    "read.other_sheets",
    "只读取了工作表“{sheet}”，其余 {count} 个没有读取：{sheets}",
    "Only sheet “{sheet}” was read; {count} others were not: {sheets}",
    "如需导入其他工作表，请选择它再导入一次。",
    "To import another sheet, choose it and import once more.",
)
REPEATED_HEADER = ProblemKind(
    "header.repeated_name",
    "列名“{header}”出现 {count} 次（第 {columns} 列），按第 {used} 列读取。",
    "The header “{header}” appears {count} times (columns {columns}); column {used} is used.",
    "请在对应关系里确认用哪一列。",
    "Confirm in the mapping which column to use.",
)
NO_COLUMNS = ProblemKind(
    "mapping.none",
    "表头里没有一列能识别：{headers}",
    "None of the headers is known: {headers}",
    "请手动指定哪一列是客户、单据号、日期和金额。",
    "Say which columns are debtor, document number, date and amount.",
)
MISSING_FIELD = ProblemKind(
    "mapping.missing",
    "没有找到“{field_zh}”列，无法导入。",
    "No column for “{field_en}” was found; nothing can be imported.",
    "请在对应关系里指定这一列。",
    "Choose that column in the mapping.",
)
ASK_CURRENCY = ProblemKind(
    "mapping.currency",
    "文件没有写明币种。",
    "The file does not say its currency.",
    "请选择一次币种（例如 CURRENCY=CNY），以后同一来源会记住。",
    "Choose the currency once (e.g. CURRENCY=CNY); it is remembered for this source.",
)
UNKNOWN_CURRENCY = ProblemKind(
    "mapping.unknown_currency",
    "不认识的币种：{currency}",
    "Unknown currency: {currency}",
    "请使用 ISO 4217 代码，例如 CNY、USD、HKD。",
    "Use an ISO 4217 code such as CNY, USD or HKD.",
)
ASK_DATE_ORDER = ProblemKind(
    "mapping.date_order",
    "“{header}”列的日期（如 {value}）分不清是月/日/年还是日/月/年。",
    "Dates in “{header}” (e.g. {value}) could be month/day/year or day/month/year.",
    "请在对应关系里选择日期顺序；选定前这些行会暂存。",
    "Choose the order in the mapping; until then these rows are staged.",
)
MIXED_DATE_ORDER = ProblemKind(
    "mapping.mixed_dates",
    "“{header}”列同时有月/日/年和日/月/年两种写法（如 {month_first} 和 {day_first}）。",
    "“{header}” mixes month/day/year and day/month/year (e.g. {month_first} and {day_first}).",
    "请选择日期顺序；写法相反的行会暂存。",
    "Choose one order; rows written the other way are staged.",
)
INVOICE_DATE_FROM = ProblemKind(
    "mapping.invoice_date_from",
    "没有单据日期列，按“{header}”列作为单据日期。",
    "There is no invoice-date column; “{header}” is used as the invoice date.",
    "如不对，请在对应关系里改选。",
    "Choose another column in the mapping if that is wrong.",
)
NO_DUE_DATE = ProblemKind(
    "mapping.no_due_date",
    "没有到期日列，也没有信用天数列：到期日按单据日期计，并逐行标明。",
    "There is no due date and no credit days: the invoice date stands in and each row says so.",
    "如有信用天数，请补上一列后重新导入。",
    "If there are credit days, add the column and import again.",
)
NO_DOCUMENT_NUMBER = ProblemKind(
    "mapping.no_document_number",
    "没有单据号列：按内容生成编号，完全相同的两行会视为重复。",
    "There is no document number: one is made from the content, and two equal rows count as one.",
    "如有单据号，请补上一列后重新导入。",
    "If there are document numbers, add the column and import again.",
)
NO_INVOICE = ProblemKind(
    "file.no_invoice",
    "压缩包里没有电子发票。",
    "The archive holds no e-invoice.",
    "请放入数电票 XML、OFD、UBL、CII 或 Factur-X PDF。",
    "Put in 数电票 XML, OFD, UBL, CII or Factur-X PDF files.",
)
INVOICE_TWINS = ProblemKind(
    "read.invoice_twins",
    "有 {count} 个文件是同一张发票的另一种格式（XML、OFD、PDF），每张发票只计一次。",
    "{count} files are the same invoices in another format (XML, OFD, PDF); each invoice counts once.",
    "无需处理。",
    "Nothing to do.",
)
