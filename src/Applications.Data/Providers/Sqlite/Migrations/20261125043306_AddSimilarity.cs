using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddSimilarity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "case_texts",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Characters = table.Column<int>(type: "INTEGER", nullable: false),
                    Marks = table.Column<byte[]>(type: "BLOB", nullable: false),
                    IndexedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ComparedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_texts", x => x.CaseId);
                });

            migrationBuilder.CreateTable(
                name: "similar_pairs",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OtherId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    OtherRound = table.Column<int>(type: "INTEGER", nullable: false),
                    IsOwn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Share = table.Column<int>(type: "INTEGER", nullable: false),
                    Resemblance = table.Column<int>(type: "INTEGER", nullable: false),
                    Characters = table.Column<int>(type: "INTEGER", nullable: false),
                    Passages = table.Column<string>(type: "TEXT", nullable: false),
                    FoundAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Word = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    JudgedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    JudgedByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    JudgedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    JudgedRound = table.Column<int>(type: "INTEGER", nullable: true),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_similar_pairs", x => new { x.CaseId, x.OtherId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_filings_FiledAt",
                table: "filings",
                column: "FiledAt");

            migrationBuilder.CreateIndex(
                name: "IX_case_texts_IndexedAt",
                table: "case_texts",
                column: "IndexedAt");

            migrationBuilder.CreateIndex(
                name: "IX_similar_pairs_OtherId",
                table: "similar_pairs",
                column: "OtherId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_texts");

            migrationBuilder.DropTable(
                name: "similar_pairs");

            migrationBuilder.DropIndex(
                name: "IX_filings_FiledAt",
                table: "filings");
        }
    }
}
