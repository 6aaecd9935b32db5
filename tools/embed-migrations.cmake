# Writes OUT: the files of DIR as string literals for db::embedded_migrations(). Fails when migrations/HEAD is not the last.
file(GLOB files RELATIVE ${DIR} ${DIR}/*.sql)
set(names "")
foreach(file IN LISTS files)
    string(REGEX REPLACE "(\\.sqlite|\\.postgres)?\\.sql$" "" name ${file})
    list(APPEND names ${name})
endforeach()
list(REMOVE_DUPLICATES names)
list(SORT names)
file(STRINGS ${DIR}/HEAD head LIMIT_COUNT 1)
list(GET names -1 last)
if(NOT head STREQUAL last)
    message(FATAL_ERROR "migrations/HEAD says '${head}' but the last migration is '${last}'.")
endif()

function(read_literal path out)
    if(NOT EXISTS ${path})
        set(${out} "{}" PARENT_SCOPE)
        return()
    endif()
    file(READ ${path} text)
    # String literals are limited to 64 KiB by the standard's minimum; migrations stay far below.
    set(${out} "R\"sql(${text})sql\"" PARENT_SCOPE)
endfunction()

set(rows "")
foreach(name IN LISTS names)
    read_literal(${DIR}/${name}.sql common)
    read_literal(${DIR}/${name}.sqlite.sql sqlite)
    read_literal(${DIR}/${name}.postgres.sql postgres)
    string(APPEND rows "    {\"${name}\", ${common}, ${sqlite}, ${postgres}},\n")
endforeach()
file(WRITE ${OUT} "// Generated from migrations/ by tools/embed-migrations.cmake.
#include \"db/migrations.hpp\"

namespace db {

static const Migration migrations[] = {
${rows}};

std::span<const Migration> embedded_migrations()
{
    return migrations;
}

}  // namespace db
")
