using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ReviewRounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_reviews_CaseId_ExpertId",
                table: "reviews");

            migrationBuilder.AddColumn<string>(
                name: "Round",
                table: "reviews",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "review");

            migrationBuilder.CreateIndex(
                name: "IX_reviews_CaseId_Round_ExpertId",
                table: "reviews",
                columns: new[] { "CaseId", "Round", "ExpertId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_reviews_CaseId_Round_ExpertId",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "Round",
                table: "reviews");

            migrationBuilder.CreateIndex(
                name: "IX_reviews_CaseId_ExpertId",
                table: "reviews",
                columns: new[] { "CaseId", "ExpertId" },
                unique: true);
        }
    }
}
